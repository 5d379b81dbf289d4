// How long to wait before connecting again: exponential, capped, full jitter. Pure, so that it is tested without time.

export const BASE_MS = 1000;
export const CAP_MS = 30_000;

/**
 * Milliseconds to wait before the attempt that follows `failures` failed ones: evenly spread over 0 to
 * min(cap, base * 2^failures), so that clients who lost one server together do not come back together.
 */
export function backoff(failures, random = Math.random, { baseMs = BASE_MS, capMs = CAP_MS } = {}) {
  const ceilingMs = Math.min(capMs, baseMs * 2 ** Math.max(0, failures));
  return Math.floor(random() * ceilingMs);
}
