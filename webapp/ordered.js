// Finding a place among messages, which are always sorted by seq. Pure.

/** The index of the first message whose seq is at least this one; the length when there is none. */
export function placeOf(messages, seq) {
  let low = 0;
  let high = messages.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (messages[middle].seq < seq) low = middle + 1;
    else high = middle;
  }
  return low;
}
