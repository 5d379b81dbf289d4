// Bold, italic and struck: which marks in a line belong together. Pure.

/** Emphasis by its marks. Two underscores are none: __init__ stays itself. */
export const KINDS = { '**': ['strong'], '*': ['em'], '***': ['strong', 'em'], _: ['em'], '~~': ['del'] };

/** What stands against a mark so that it is none: of a word, a path, a sum. Scripts without blanks have no such thing. */
const HOLDS = /[\p{L}\p{M}\p{N}/\\=+&%$^|@#]/u;
const UNSPACED = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}]/u;

/** A mark closes what one like it opened, or opens; the nearest two belong together. */
export function emphasis(parts, open, line, at, mark, cost) {
  const before = charBefore(line, at);
  const after = charAt(line, at + mark.length);
  const start = open.get(mark);
  if (start !== undefined && !isBlank(before) && !holds(after)) {
    const nodes = parts.splice(start).slice(1);
    cost.steps += nodes.length;
    for (const [other, place] of open) if (place >= start) open.delete(other);
    const wrap = (inside, kind) => [{ kind, nodes: inside, marks: ['', ''] }];
    const [node] = KINDS[mark].reduceRight(wrap, nodes);
    parts.push({ ...node, marks: [mark, mark] });
    return;
  }
  if (!isBlank(after) && !holds(before)) open.set(mark, parts.length);
  parts.push({ kind: 'text', text: mark });
}

function isBlank(char) {
  return /^\s?$/.test(char);
}

function holds(char) {
  return HOLDS.test(char) && !UNSPACED.test(char);
}

function charAt(line, at) {
  return String.fromCodePoint(...[line.codePointAt(at)].filter((code) => code !== undefined));
}

function charBefore(line, at) {
  const isPair = at > 1 && /[\udc00-\udfff]/.test(line[at - 1]);
  return line.slice(Math.max(0, at - (isPair ? 2 : 1)), at);
}
