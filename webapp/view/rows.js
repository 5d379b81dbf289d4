// What the talk shows from top to bottom: days, messages, holes, the line above what is new, and what is on its way. Pure.

import { isMentioned } from '../mentions.js';

/** Messages of one sender this close together share one heading. */
const TOGETHER_MS = 5 * 60_000;
/** What is sent usually arrives within this time; before it there is nothing to say about it. */
export const SLOW_MS = 1500;

/** The `item` of the rows that belong to no message of the log. */
export const TAIL = 'tail';

/**
 * The rows of these ranges of a room's messages, with a space for what is left out: { kind: 'space' | 'day' | 'new' |
 * 'hole' | 'message', key, item, ... }. Rows of one item belong to the message with that seq, above which they stand.
 * Every row is made from its message and the one above it alone, so that it is the same whatever else is drawn. An own
 * message keeps its key when it moves from the outbox into the log, so that it stays the same element.
 *
 * `reader`: `me`, `isGuest` tells it of `me`, `newFrom` is where the line stands or null, `now` in ms.
 */
export function rowsOf(room, reader, ranges = [{ from: 0, to: room.timeline.messages.length }]) {
  const { length } = room.timeline.messages;
  const rows = [];
  let reached = 0;
  for (const { from, to } of ranges) {
    rows.push(spaceRow(reached, from));
    addMessages(rows, room.timeline, reader, from, to);
    reached = to;
  }
  if (ranges.at(-1)?.to === length) addTail(rows, room, reader);
  rows.push({ ...spaceRow(reached, length), key: 'space end' });
  return rows;
}

function addMessages(rows, timeline, reader, from, to) {
  const { messages, holes } = timeline;
  let above = messages[from - 1];
  let hole = placeOfHole(holes, above?.seq ?? 0);
  for (let index = from; index < to; index++) {
    const message = messages[index];
    const between = [];
    while (hole < holes.length && holes[hole].to < message.seq) between.push(holes[hole++]);
    const line = isLine(timeline, reader, above, message.seq) ? reader.newFrom : null;
    addMessage(rows, { above, between, line, item: message.seq }, { ...message, state: 'read', words: '' }, reader);
    above = message;
  }
}

/** Holes above all messages, and what this person wrote that is not in the log yet. */
function addTail(rows, { timeline, outbox }, reader) {
  const { messages, holes } = timeline;
  let above = messages.at(-1);
  let between = holes.slice(placeOfHole(holes, above?.seq ?? 0));
  const line = isLine(timeline, reader, above, between.at(-1)?.to ?? 0) ? reader.newFrom : null;
  if (outbox.entries.length === 0) addHoles(rows, { between, line, item: TAIL });
  for (const entry of outbox.entries) {
    // What is not in the log yet stands below it, whatever this computer's clock says.
    const timestamp = Math.max(entry.writtenAt, above?.timestamp ?? 0);
    const isSlow = entry.state === 'sent' && reader.now - entry.writtenAt >= SLOW_MS;
    const message = { ...entry, sender: reader.me, guest: reader.isGuest ?? true, timestamp, isSlow };
    addMessage(rows, { above, between, line: between.length > 0 ? line : null, item: TAIL }, message, reader);
    above = message;
    between = [];
  }
}

/** The line stands above the first message or hole that is new, where that is known. */
function isLine({ before = null }, { newFrom = null }, above, seq) {
  if (newFrom === null || seq < newFrom) return false;
  return above === undefined ? before === null || newFrom >= before : above.seq < newFrom;
}

function addMessage(rows, { above, between, line, item }, message, { me }) {
  const isBroken = addHoles(rows, { between, line, item });
  const at = new Date(message.timestamp);
  const day = dayOf(at);
  const isOtherDay = above === undefined || dayOf(new Date(above.timestamp)) !== day;
  if (isOtherDay) rows.push({ kind: 'day', key: `day ${day}`, item, day, at });
  const isLineHere = line !== null && !(between.at(-1)?.to >= line);
  if (isLineHere) rows.push(newRow(item));
  const isApart = isBroken || isOtherDay || isLineHere || above.sender !== message.sender;
  const together = !isApart && message.timestamp - above.timestamp < TOGETHER_MS;
  const own = message.sender === me;
  const key = own ? `own ${message.id}` : `seq ${message.seq}`;
  const callsMe = !own && isMentioned(message.content, me ?? null);
  rows.push({ ...message, kind: 'message', key, item, own, day, at, together, callsMe });
}

/** Whether there were any. */
function addHoles(rows, { between, line, item }) {
  for (const [index, { from, to }] of between.entries()) {
    const isFirstNew = line !== null && to >= line && !(between[index - 1]?.to >= line);
    if (isFirstNew) rows.push(newRow(item));
    // While a hole is filled from below its upper end stays, and so does its element.
    rows.push({ kind: 'hole', key: `hole ${to}`, item, from, to, missing: to - from + 1 });
  }
  return between.length > 0;
}

/** The first hole above a message; no message lies in one. */
function placeOfHole(holes, seq) {
  const index = holes.findIndex(({ to }) => to > seq);
  return index === -1 ? holes.length : index;
}

function newRow(item) {
  return { kind: 'new', key: 'new', item };
}

function spaceRow(from, to) {
  return { kind: 'space', key: from === 0 ? 'space' : `space ${from}`, from, to };
}

/** A day by the reader's clock. */
export function dayOf(date) {
  return `${date.getFullYear()}-${date.getMonth() + 1}-${date.getDate()}`;
}
