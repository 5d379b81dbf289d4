// What somebody said, as elements. Nothing typed becomes HTML: all of it is text in one of the elements named here.

import { closersOf } from '../bidi.js';
import { isEmojiOnly } from '../emoji-only.js';
import { make } from './dom.js';
import { markupOf } from '../markup.js';

/** Of each kind of node (see markup.js) the element. */
const ELEMENTS = {
  strong: () => make('strong'),
  em: () => make('em'),
  del: () => make('del'),
  quote: () => make('blockquote'),
  pre: () => scrollable(make('pre')),
  language: () => make('span', 'language'),
  code: () => isolated(make('code')),
  mention: ({ isMe }) => isolated(make('span', isMe ? 'mention me' : 'mention')),
  link: linkTo,
  room: ({ room }) => isolated(Object.assign(make('a', 'to-room'), { href: `#${encodeURIComponent(room)}` })),
};

/** A fragment with the content of a message, for the reader whose name is `me`. */
export function contentOf(content, { me = null } = {}) {
  const fragment = document.createDocumentFragment();
  if (isEmojiOnly(content)) fragment.append(make('span', 'emoji-only', content));
  else fragment.append(...markupOf(content, me).map(elementOf), closersOf(content));
  return fragment;
}

function elementOf(node) {
  if (node.kind === 'text') return node.text;
  const element = ELEMENTS[node.kind](node);
  if (node.nodes !== undefined) element.append(...node.nodes.map(elementOf));
  else element.prepend(node.text);
  return element;
}

/** Where it leads is always to be seen: the address itself, or the host beside the words. */
function linkTo({ href, host, typed }) {
  const link = make('a');
  link.href = href;
  link.target = '_blank';
  link.rel = 'noopener noreferrer nofollow';
  link.title = href;
  link.dir = typed === undefined ? 'ltr' : 'auto';
  if (host !== '') link.append(hostOf(host));
  return link;
}

function hostOf(host) {
  const element = make('span', 'host', ` (${host})`);
  element.dir = 'ltr';
  return element;
}

/** What it does to the direction of the text stays in it. */
function isolated(element) {
  element.dir = 'auto';
  return element;
}

/** Long lines of code are reached by keyboard, too. */
function scrollable(element) {
  element.tabIndex = 0;
  return element;
}
