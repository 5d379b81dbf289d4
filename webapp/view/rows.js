// What the talk shows from top to bottom: days, messages, holes, and what is on its way. Pure.

/** Messages of one sender this close together share one heading. */
const TOGETHER_MS = 5 * 60_000;

/**
 * The rows of a room: { kind: 'day' | 'message' | 'hole', key, ... }. An own message keeps its key when it moves from the
 * outbox into the log, so that it stays the same element and is read out once. `isGuest` tells it of `me`.
 */
export function rowsOf({ timeline, outbox }, me, isGuest = true) {
  const rows = [];
  const holes = [...timeline.holes];
  for (const message of timeline.messages) {
    while (holes.length > 0 && holes[0].to < message.seq) rows.push(holeRow(holes.shift()));
    addMessage(rows, { ...message, own: message.sender === me, state: 'read', words: '' });
  }
  rows.push(...holes.map(holeRow));
  for (const entry of outbox.entries) {
    addMessage(rows, { ...entry, sender: me, guest: isGuest, own: true, timestamp: entry.writtenAt });
  }
  return rows;
}

function holeRow({ from, to }) {
  return { kind: 'hole', key: `hole ${from}`, from, to, missing: to - from + 1 };
}

function addMessage(rows, message) {
  const last = rows.findLast((row) => row.kind !== 'hole');
  // What is not in the log yet stands below it, whatever this computer's clock says.
  const at = last !== undefined && last.at > message.timestamp ? last.at : new Date(message.timestamp);
  const day = dayOf(at);
  if (last?.day !== day) rows.push({ kind: 'day', key: `day ${day}`, day, at });
  const above = rows[rows.length - 1];
  const together = above.sender === message.sender && at - above.at < TOGETHER_MS;
  const key = message.own ? `own ${message.id}` : `seq ${message.seq}`;
  rows.push({ ...message, kind: 'message', key, day, at, together });
}

function dayOf(date) {
  return `${date.getFullYear()}-${date.getMonth() + 1}-${date.getDate()}`;
}
