// Who a message calls by name: "@anna". Pure.

const CALL = /@([\p{L}\p{M}\p{N}][\p{L}\p{M}\p{N}._-]{0,31})/uy;
const WORD = /[\p{L}\p{M}\p{N}@]/u;
const WORD_ENDS = /^[._-]*(?![\p{L}\p{M}\p{N}._-])/u;

/**
 * The call that begins at this "@", as a node (see markup.js) with the `length` it takes and `isMe`; null when it is none.
 * Names are compared without regard to case; a full stop after one is none of it.
 */
export function callAt(content, at, me = null) {
  if (at > 0 && WORD.test(content[at - 1])) return null;
  if (me !== null && isAt(content, at + 1, me)) return call(content.slice(at, at + 1 + me.length), true);
  CALL.lastIndex = at;
  const [text] = CALL.exec(content) ?? [];
  if (text === undefined) return null;
  const isMe = me !== null && folded(text.slice(1)) === folded(me);
  return call(isMe ? text : text.replace(/[._-]+$/, ''), isMe);
}

/** Whether the content calls this person. */
export function isMentioned(content, name) {
  if (name === null) return false;
  for (let at = content.indexOf('@'); at >= 0; at = content.indexOf('@', at + 1)) {
    if (callAt(content, at, name)?.isMe) return true;
  }
  return false;
}

/** Names may hold more than letters: "o'neil". */
function isAt(content, at, name) {
  const end = at + name.length;
  return folded(content.slice(at, end)) === folded(name) && WORD_ENDS.test(content.slice(end, end + 33));
}

function call(text, isMe) {
  return { kind: 'mention', text, isMe, length: text.length };
}

function folded(name) {
  return name.normalize('NFC').toLowerCase();
}
