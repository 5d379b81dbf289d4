// What calls a person back who is elsewhere: the count in the window's title, and a dot on its icon.

const DOTTED = 'favicon-unread.svg';
const PLAIN = 'favicon.svg';

export class AttentionView {
  #root;
  #icon;

  constructor(root) {
    this.#root = root;
    this.#icon = root.querySelector('link[rel="icon"]');
  }

  /** `where` one is, in words; `unread`: as it is written, or empty. */
  draw(where, unread) {
    const title = unread === '' ? where : `(${unread}) ${where}`;
    if (this.#root.title !== title) this.#root.title = title;
    const [from, to] = unread === '' ? [DOTTED, PLAIN] : [PLAIN, DOTTED];
    const href = this.#icon.getAttribute('href');
    if (href.endsWith(from)) this.#icon.setAttribute('href', href.slice(0, -from.length) + to);
  }
}
