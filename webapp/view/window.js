// Which messages are in the document: those near the screen, and what must not be taken away. Pure.

/** Ranges this close become one: a space between them would gain nothing. */
const TOGETHER = 4;
/** As many messages can be copied at once. */
export const MOST_SELECTED = 2000;

/** The range { from, to } of places, `to` excluded, that covers the offsets `top` to `bottom`. */
export function windowAt(heights, messages, top, bottom) {
  if (messages.length === 0) return { from: 0, to: 0 };
  return { from: heights.at(messages, top), to: heights.at(messages, bottom) + 1 };
}

/** Ascending ranges that cover the given ones and nothing else, but for what is hardly between them. */
export function united(ranges) {
  const all = [];
  for (const { from, to } of [...ranges].sort((a, b) => a.from - b.from)) {
    const last = all[all.length - 1];
    if (last !== undefined && from <= last.to + TOGETHER) last.to = Math.max(last.to, to);
    else all.push({ from, to });
  }
  return all;
}

/** The range from where a selection began to where it is now; of a very long one, the part where it began. */
export function selected(began, now) {
  const from = Math.max(Math.min(began, now), began - MOST_SELECTED);
  const to = Math.min(Math.max(began, now), began + MOST_SELECTED);
  return { from, to: to + 1 };
}
