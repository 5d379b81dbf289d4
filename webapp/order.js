// The rooms in the order they are listed in: by name, as the reader's language sorts, numbers by their value. Pure.

const collator = new Intl.Collator(undefined, { numeric: true, sensitivity: 'base' });

export function byName(one, other) {
  return collator.compare(one.name, other.name) || (one.name < other.name ? -1 : 1);
}

export function inOrder(rooms) {
  return [...rooms].sort(byName);
}

/** The room `step` (1 or -1) further in the list than `current`, of those that `isWanted`, around its end; or null. */
export function neighbour(rooms, current, step, isWanted = () => true) {
  const all = inOrder(rooms);
  const at = all.indexOf(current);
  const start = at < 0 ? (step > 0 ? -1 : 0) : at;
  for (let i = 1; i <= all.length; i++) {
    const room = all[(((start + i * step) % all.length) + all.length) % all.length];
    if (room !== current && isWanted(room)) return room;
  }
  return null;
}

/** Where who leaves `room` comes to: the next one in the list, or at its end the one before; null after the last. */
export function afterLeaving(rooms, room) {
  const all = inOrder(rooms);
  const at = all.indexOf(room);
  return all[at + 1] ?? all[at - 1] ?? null;
}
