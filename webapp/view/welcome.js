// The door: come in as a guest, sign in, sign up; and why one is out.

import { FormView } from './form.js';
import { Tabs } from './tabs.js';
import { otherName } from '../names.js';
import { setText } from './dom.js';
import { t } from '../words.js';

/** Typing on within this does not change what is said about a name: an ear would hear it letter by letter. */
const SAY_MS = 500;

export class WelcomeView {
  #door;
  #chat;
  #title;
  #words;
  #tabs;
  #forms;
  #buttons; // what one can do without a form: { element, act }
  #face = null;
  #timer = null;

  /**
   * The delegate: `welcomeJoin(values)`, `welcomeSignIn(values)`, `welcomeSignUp(values)`, which give what a FormView's act
   * does; `welcomeCancel()`, `welcomeFollow()`, `welcomeRetry()`, `welcomeSignOut()`.
   */
  constructor(root, delegate) {
    this.#door = root.querySelector('#door');
    this.#chat = root.querySelector('#chat');
    this.#title = root.querySelector('#door-title');
    this.#words = root.querySelector('#door-words');
    this.#tabs = new Tabs(root.querySelector('#door-tabs'), { tabChosen: (form, from) => this.#chosen(form, from) });
    this.#forms = {
      guest: new FormView(root.querySelector('#form-guest'), (values) => delegate.welcomeJoin(values)),
      signIn: new FormView(root.querySelector('#form-signIn'), (values) => delegate.welcomeSignIn(values)),
      signUp: new FormView(root.querySelector('#form-signUp'), (values) => delegate.welcomeSignUp(values)),
    };
    this.#buttons = [
      { element: root.querySelector('#door-cancel'), act: () => delegate.welcomeCancel() },
      { element: root.querySelector('#door-follow'), act: () => delegate.welcomeFollow() },
      { element: root.querySelector('#door-retry'), act: () => delegate.welcomeRetry() },
      { element: root.querySelector('#door-sign-out'), act: () => delegate.welcomeSignOut() },
    ];
  }

  start() {
    this.#tabs.start();
    for (const form of Object.values(this.#forms)) form.start();
    for (const { element, act } of this.#buttons) element.addEventListener('click', act);
    this.#door.addEventListener('input', this.#typed);
  }

  stop() {
    this.#tabs.stop();
    for (const form of Object.values(this.#forms)) form.stop();
    for (const { element, act } of this.#buttons) element.removeEventListener('click', act);
    this.#door.removeEventListener('input', this.#typed);
    clearTimeout(this.#timer);
  }

  get isOpen() {
    return !this.#door.hidden;
  }

  /** Shows a face (see face.js), or with null the chat. What is typed stays as long as the face is the same. */
  draw(face) {
    const isSame = face?.key === this.#face?.key && face?.forms.join() === this.#face?.forms.join();
    this.#face = face;
    this.#door.hidden = face === null;
    this.#chat.hidden = face !== null;
    if (face === null) return;
    setText(this.#title, face.title);
    setText(this.#words, face.words);
    this.#drawButtons(face);
    if (!isSame) this.#open(face);
  }

  /** For the window. */
  get pageTitle() {
    return t('door.page', { title: this.#title.textContent });
  }

  /** Says something that no form has a place for. */
  tell(words) {
    setText(this.#words, words);
  }

  #open({ forms, chosen, name, submit }) {
    for (const [key, form] of Object.entries(this.#forms)) {
      form.reset({ name });
      setText(this.#door.querySelector(`#form-${key} [type="submit"]`), submit ?? t(`door.${key}`));
    }
    this.#sayNames();
    this.#tabs.draw(forms, chosen ?? forms[0] ?? null);
    const form = this.#forms[this.#tabs.chosen];
    if (form !== undefined) form.focus();
    else this.#door.querySelector('.card-acts button:not([hidden])')?.focus();
  }

  #drawButtons({ mayCancel, other, mayRetry, maySignOut }) {
    const [cancel, follow, retry, signOut] = this.#buttons.map(({ element }) => element);
    cancel.hidden = !mayCancel;
    follow.hidden = other === null;
    setText(follow, other === null ? '' : t('door.follow', { name: other }));
    retry.hidden = !mayRetry;
    signOut.hidden = !maySignOut;
  }

  /** The name goes along from one form to the next. */
  #chosen(key, from) {
    const name = this.#forms[from]?.valueOf('name') ?? '';
    if (name !== '') this.#forms[key].reset({ name });
    this.#sayNames();
  }

  #typed = ({ target }) => {
    if (target.name !== 'name') return;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#sayNames(), SAY_MS);
  };

  /** A name is written in lower case by the server: said beforehand, at the field. */
  #sayNames() {
    for (const place of this.#door.querySelectorAll('[data-called]')) {
      const name = otherName(this.#forms[place.dataset.called].valueOf('name'));
      setText(place, name === null ? '' : t('door.called', { name }));
    }
  }
}
