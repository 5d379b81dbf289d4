// What a key means, wherever one is on the page. Pure. Kept clear of what browsers, screen readers and languages' keyboards use.

/** As the sheet lists them; `mod` is Control, on a Mac Command. `single` ones can be switched off (WCAG 2.1.4). */
export const KEYS = [
  { act: 'find', keys: [['mod', 'K']] },
  { act: 'next', keys: [['Alt', '↓']] },
  { act: 'previous', keys: [['Alt', '↑']] },
  { act: 'nextUnread', keys: [['Alt', 'Shift', '↓']] },
  { act: 'previousUnread', keys: [['Alt', 'Shift', '↑']] },
  { act: 'write', keys: [['Esc']] },
  { act: 'read', keys: [['Alt', 'PageUp']] },
  { act: 'settings', keys: [['Ctrl', ',']] },
  { act: 'keys', keys: [['mod', '/'], ['?']] },
];

const ARROWS = { ArrowDown: ['next', 'nextUnread'], ArrowUp: ['previous', 'previousUnread'] };

/**
 * The act of a keydown, or null. `isMac`; `isTyping`: into a field; `isWriting`: into the message; `single`: whether keys
 * count that are typed alone.
 */
export function actOf(event, { isMac = false, isTyping = false, isWriting = false, single = true } = {}) {
  // While an input method composes, every key is its own; AltGr writes letters.
  if (event.isComposing || event.keyCode === 229 || event.defaultPrevented || event.getModifierState?.('AltGraph')) return null;
  const { key, altKey, shiftKey, ctrlKey, metaKey } = event;
  const mod = isMac ? metaKey && !ctrlKey : ctrlKey && !metaKey;
  if (mod && !altKey) {
    if (key.toLowerCase() === 'k' && !shiftKey) return 'find';
    if (key === '/') return 'keys'; // on some keyboards with Shift
  }
  if (ctrlKey && !metaKey && !altKey && key === ',') return 'settings';
  if (ctrlKey || metaKey) return null;
  if (altKey) {
    if (key === 'PageUp' && !shiftKey) return 'read';
    return ARROWS[key]?.[shiftKey ? 1 : 0] ?? null;
  }
  if (key === 'Escape' && !shiftKey && !isWriting) return 'write';
  if (key === '?' && !isTyping && single) return 'keys';
  return null;
}

/** The keys of an act as they are called on this machine. */
export function namesOf(keys, isMac) {
  const names = isMac ? { mod: '⌘', Alt: '⌥', Shift: '⇧', Ctrl: '⌃' } : { mod: 'Ctrl' };
  return keys.map((key) => names[key] ?? key);
}
