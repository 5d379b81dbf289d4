// Puts marks around what is selected, or takes them away again. Pure.

/** The marks of a key that is pressed with Ctrl or Cmd. */
export const MARKS = { b: '**', i: '_', e: '`' };

/**
 * What becomes of `from`..`to` of a text: { from, to, text, start, end }, the range to replace, by what, and what is
 * selected then. Blanks at the edges stay outside, where a mark would be none.
 */
export function wrapped(content, from, to, mark) {
  const chosen = content.slice(from, to);
  if (content.slice(from - mark.length, from) === mark && content.slice(to, to + mark.length) === mark && from >= mark.length) {
    const start = from - mark.length;
    return { from: start, to: to + mark.length, text: chosen, start, end: start + chosen.length };
  }
  const inside = chosen.trim();
  if (inside.length > 2 * mark.length && inside.startsWith(mark) && inside.endsWith(mark)) {
    const text = chosen.replace(inside, () => inside.slice(mark.length, -mark.length));
    return { from, to, text, start: from, end: from + text.length };
  }
  // At the end of what was written between them one goes on behind them.
  if (chosen === '' && content.startsWith(mark, to) && content.lastIndexOf(mark, to - 1) >= 0) {
    return { from: to, to, text: '', start: to + mark.length, end: to + mark.length };
  }
  const lead = chosen.length - chosen.trimStart().length;
  const start = inside === '' ? to : from + lead;
  const around = inside === '' ? { from: to, to } : { from: start, to: start + inside.length };
  return { ...around, text: `${mark}${inside}${mark}`, start: start + mark.length, end: start + mark.length + inside.length };
}
