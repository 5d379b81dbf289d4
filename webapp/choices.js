// The rooms one can go to, by what was typed of a name. Pure.

/** As the server compares parts of names. */
export function partOf(typed) {
  return typed.trim().replace(/^#/, '').normalize('NFKC').toLowerCase();
}

/**
 * What there is to choose from, best first: one's own rooms, the ones of the server, and the room of the name that was typed
 * if it is none of them. { kind: 'own' | 'other' | 'new', name, count, room }
 */
export function choicesOf({ typed, wanted, own, found }) {
  const part = wanted ?? partOf(typed);
  const counts = new Map(found.map(({ name, count }) => [name, count]));
  const mine = own
    .filter(({ name }) => name.includes(part))
    .map((room) => ({ kind: 'own', name: room.name, count: counts.get(room.name) ?? null, room }));
  const names = new Set(own.map(({ name }) => name));
  const others = found
    .filter(({ name }) => !names.has(name) && name.includes(part))
    .map((each) => ({ kind: 'other', ...each, room: null }));
  const known = [...mine, ...others];
  const ranked = known.map((each, at) => ({ each, at, rank: rankOf(each, part) })).sort((a, b) => a.rank - b.rank || a.at - b.at);
  const all = ranked.map(({ each }) => each);
  const isNew = wanted !== null && !known.some(({ name }) => name === wanted);
  return isNew ? [...all, { kind: 'new', name: wanted, count: null, room: null }] : all;
}

function rankOf({ name, room }, part) {
  if (part === '' && room === null) return 3;
  if (part === '') return room.mentions > 0 ? 0 : room.unread > 0 ? 1 : 2;
  if (name === part) return 0;
  return name.startsWith(part) ? 1 : 2;
}
