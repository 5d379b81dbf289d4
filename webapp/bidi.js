// Directions that a text sets and does not take back (Unicode TR 9): they must not turn what stands behind it. Pure.

const CONTROLS = /[\u202a-\u202e\u2066-\u2069]/g;
const END_EMBEDDING = '\u202c';
const END_ISOLATE = '\u2069';

/** What ends everything that is still open at the end of the text. Deeper than 125 nothing counts any more. */
export function closersOf(text) {
  const open = [];
  for (const [control] of text.matchAll(CONTROLS)) {
    if (control === END_ISOLATE && open.includes(END_ISOLATE)) open.length = open.lastIndexOf(END_ISOLATE);
    else if (control === END_EMBEDDING && open.at(-1) === END_EMBEDDING) open.pop();
    else if (control !== END_ISOLATE && control !== END_EMBEDDING && open.length < 125) open.push(endOf(control));
  }
  return open.reverse().join('');
}

function endOf(control) {
  return control >= '\u2066' ? END_ISOLATE : END_EMBEDDING;
}
