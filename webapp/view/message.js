// One row of the talk as an element: a message, a day, or a hole.

import { avatarOf, button, make, nameOf, setText } from './dom.js';
import { contentOf } from './content.js';

const clock = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit' });
const date = new Intl.DateTimeFormat(undefined, { weekday: 'long', day: 'numeric', month: 'long' });
const exact = new Intl.DateTimeFormat(undefined, { dateStyle: 'full', timeStyle: 'medium' });

/** `acts`: `fill(from)` (the first number of a hole), `retry(id)`, `discard(id)`. */
export function createRow(row, acts) {
  if (row.kind === 'day') return dayRow(row);
  if (row.kind === 'hole') return holeRow(acts);
  return messageRow(row, acts);
}

/** Brings an element up to date with what may change about its row. */
export function updateRow(element, row) {
  if (row.kind === 'hole') element.dataset.from = row.from;
  if (row.kind === 'hole') setText(element.querySelector('.missing'), missing(row));
  if (row.kind !== 'message') return;
  element.classList.toggle('together', row.together);
  element.querySelector('.guest').hidden = !row.guest;
  if (element.dataset.state === row.state && element.dataset.words === row.words) return;
  element.dataset.state = row.state;
  element.dataset.words = row.words;
  setText(element.querySelector('.fate'), fate(row));
  const acts = element.querySelector('.message-acts');
  if (acts !== null) acts.hidden = row.state !== 'failed';
  if (row.state === 'read') setTime(element.querySelector('time'), row.at);
}

/** The account was deleted, and its words with it. */
const ERASED = 'This message was deleted with its account.';

function messageRow(row, acts) {
  const element = make('div', row.own ? 'message own' : 'message');
  const head = make('div', 'message-head');
  const time = make('time');
  setTime(time, row.at);
  head.append(nameOf(row.sender), make('span', 'guest', 'guest'), time);
  const isErased = row.content === '';
  const content = make('div', isErased ? 'message-content erased' : 'message-content', isErased ? ERASED : null);
  if (!isErased) content.append(contentOf(row.content, { me: acts.me }));
  content.dir = 'auto';
  element.append(avatarOf(row.sender), head, content, make('span', 'fate'));
  if (row.own && row.state !== 'read') {
    const buttons = make('div', 'message-acts');
    buttons.append(
      button('quiet', 'Send again', '', () => acts.retry(row.id)),
      button('quiet', 'Discard', '', () => acts.discard(row.id)),
    );
    element.append(buttons);
  }
  return element;
}

function fate({ state, words }) {
  if (state === 'failed') return `Not sent. ${words}`;
  if (state === 'waiting') return words ? `${words} Trying again…` : 'Waiting for the connection…';
  return state === 'sent' ? 'Sending…' : '';
}

function setTime(element, at) {
  element.dateTime = at.toISOString();
  element.title = exact.format(at);
  setText(element, clock.format(at));
}

function dayRow({ at }) {
  const element = make('div', 'day');
  element.append(make('span', '', date.format(at)));
  return element;
}

function holeRow(acts) {
  const element = make('div', 'hole');
  const text = make('span', 'missing');
  element.append(text, button('quiet', 'Load', 'Load the skipped messages', () => acts.fill(Number(element.dataset.from))));
  return element;
}

function missing({ missing: count }) {
  return count === 1 ? 'One message was skipped.' : `${count.toLocaleString()} messages were skipped.`;
}
