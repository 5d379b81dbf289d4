// Who a message calls by name: "@anna". Pure.

const CALL = /(?<![\p{L}\p{M}\p{N}_@])@([\p{L}\p{M}\p{N}][\p{L}\p{M}\p{N}._-]{0,31})/gu;

/** Whether the content calls this person, as names are compared: without regard to case. A full stop after it is none of it. */
export function isMentioned(content, name) {
  if (name === null || !content.includes('@')) return false;
  const wanted = folded(name);
  return Array.from(content.matchAll(CALL), ([, called]) => folded(called)).some((called) => called === wanted || called.replace(/[._-]+$/, '') === wanted);
}

function folded(name) {
  return name.normalize('NFC').toLowerCase();
}
