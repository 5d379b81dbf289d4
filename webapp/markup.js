// What somebody typed as a tree: bold, code, links, names. Pure; reads each character a bounded number of times.

import { KINDS, emphasis } from './emphasis.js';
import { callAt } from './mentions.js';
import { linkAt } from './links.js';

/** Where one of these may begin. */
const START = /`+|\*+|_+|~+|https?:\/\/|\[|#|@/giu;
const FENCE = '```';
const QUOTE = /^>( |(?=\n?$))/;

/**
 * The nodes of a content, in order: { kind: 'text' | 'code' | 'link' | 'room' | 'mention', text, ... } or
 * { kind: 'strong' | 'em' | 'del' | 'quote' | 'pre', nodes, ... }. `marks` of a node, before and after it, are what is not
 * shown of what was typed. `cost.steps` counts the work.
 */
export function markupOf(content, me = null, cost = { steps: 0 }) {
  const nodes = [];
  const lines = content.split(/(?<=\n)/);
  let isFenced = content.includes(FENCE);
  for (let at = 0; at < lines.length; at++) {
    const end = isFenced && lines[at].startsWith(FENCE) ? endOfFence(lines, at, cost) : at;
    if (end === null) isFenced = false; // nor does one that begins later end
    if (end > at) nodes.push(fenced(lines.slice(at, end + 1)));
    else if (QUOTE.test(lines[at])) quote(nodes, lines[at], me, cost);
    else nodes.push(...inline(lines[at], me, cost));
    at = Math.max(at, end ?? 0);
  }
  return joined(nodes);
}

/** The line that closes what this one opens: its last characters are the fence. Null when there is none. */
function endOfFence(lines, at, cost) {
  if (lines[at].indexOf(FENCE, FENCE.length) > 0) return at;
  for (let end = at + 1; end < lines.length; end++) {
    cost.steps += lines[end].length;
    if (lines[end].trimEnd().endsWith(FENCE)) return end;
  }
  return null;
}

/** A single word behind the opening fence says the language. The code ends its last line, or what is behind the fence does. */
function fenced(lines) {
  const [, first, rest] = lines.join('').slice(FENCE.length).match(/^([\w+#.-]*\n)?([^]*)$/);
  const close = rest.lastIndexOf(FENCE);
  const text = rest.slice(0, close);
  const tail = rest.slice(close + FENCE.length);
  const isEnded = text === '' || text.endsWith('\n');
  const language = first === undefined || first === '\n' ? '' : first;
  const nodes = language === '' ? [] : [{ kind: 'language', text: language }];
  nodes.push({ kind: 'code', text, marks: ['', FENCE] });
  if (!isEnded) nodes.push({ kind: 'text', text: tail });
  return { kind: 'pre', nodes, marks: [first === '\n' ? `${FENCE}\n` : FENCE, isEnded ? tail : ''] };
}

function quote(nodes, line, me, cost) {
  const last = nodes.at(-1);
  const [mark] = line.match(QUOTE);
  const inside = [{ kind: 'text', text: '', marks: [mark, ''] }, ...inline(line.slice(mark.length), me, cost)];
  if (last?.kind === 'quote') last.nodes.push(...inside);
  else nodes.push({ kind: 'quote', nodes: inside, marks: ['', ''] });
}

/** One line. A mark that finds no partner is text. */
function inline(line, me, cost) {
  const parts = [];
  const open = new Map(); // by mark: the place in parts where it stands
  const ticks = ticksOf(line);
  let done = 0;
  START.lastIndex = 0;
  for (let found = START.exec(line); found !== null; found = START.exec(line)) {
    cost.steps++;
    const { 0: mark, index: at } = found;
    const node = mark[0] === '`' ? codeAt(line, at, mark, ticks) : tokenAt(line, at, mark, me, cost);
    if (node === null && KINDS[mark] === undefined) continue;
    if (at > done) parts.push({ kind: 'text', text: line.slice(done, at) });
    if (node === null) emphasis(parts, open, line, at, mark, cost);
    else parts.push(node);
    done = at + (node?.length ?? mark.length);
    START.lastIndex = done;
  }
  if (done < line.length) parts.push({ kind: 'text', text: line.slice(done) });
  return parts;
}

function tokenAt(line, at, mark, me, cost) {
  if (mark === '@') return callAt(line, at, me);
  return KINDS[mark] === undefined ? linkAt(line, at, mark, cost) : null;
}

/** Where runs of backticks stand, by their length; the first ones last. */
function ticksOf(line) {
  const ticks = new Map();
  for (const { 0: run, index } of line.matchAll(/`+/g)) {
    if (ticks.has(run.length)) ticks.get(run.length).push(index);
    else ticks.set(run.length, [index]);
  }
  for (const places of ticks.values()) places.reverse();
  return ticks;
}

/** From one run of backticks to the next of the same length. */
function codeAt(line, at, mark, ticks) {
  const places = ticks.get(mark.length);
  while (places.at(-1) <= at) places.pop();
  if (places.length === 0) return null;
  const text = line.slice(at + mark.length, places.at(-1));
  return { kind: 'code', text, marks: [mark, mark], length: text.length + 2 * mark.length };
}

/** Text beside text is one. */
function joined(nodes) {
  const all = [];
  for (const node of nodes) {
    const last = all.at(-1);
    if (node.kind === 'text' && last?.kind === 'text' && node.marks === undefined) last.text += node.text;
    else all.push(node.nodes === undefined ? { ...node } : { ...node, nodes: joined(node.nodes) });
  }
  return all;
}
