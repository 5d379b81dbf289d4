// One room that can be gone to, as the directory lists it.

import { make, setText } from './dom.js';
import { t } from '../words.js';
import { unreadOf, unreadWords } from './rooms.js';

export function createChoice({ kind, name }) {
  const item = make('li', `choice-room ${kind}`);
  item.setAttribute('role', 'option');
  const label = make('span', 'choice-label');
  const sign = make('span', 'sign', '#');
  sign.setAttribute('aria-hidden', 'true');
  label.append(sign, make('bdi', 'choice-name', name));
  const unread = make('span', 'unread');
  unread.setAttribute('aria-hidden', 'true');
  item.append(label, make('span', 'choice-words'), unread);
  return item;
}

export function updateChoice(item, { kind, count, room }) {
  const words = [];
  if (kind === 'new') words.push(t('directory.make'));
  if (kind === 'own') words.push(t('directory.own'));
  if (count !== null) words.push(t('rooms.people', { count }));
  setText(item.querySelector('.choice-words'), words.join(' · '));
  const unread = item.querySelector('.unread');
  unread.hidden = room === null || room.unread === 0;
  setText(unread, room === null ? '' : `${room.mentions > 0 ? '@ ' : ''}${unreadOf(room)}`);
  const ear = room === null ? '' : unreadWords(room);
  const label = [item.querySelector('.choice-name').textContent, ...words, ear].filter((each) => each !== '').join(', ');
  if (item.getAttribute('aria-label') !== label) item.setAttribute('aria-label', label);
}
