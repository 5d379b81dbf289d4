// Who one is, in the bar; and the dialog where one changes that: name, account, password, signing out.

import { FormView } from './form.js';
import { avatarOf, setText } from './dom.js';
import { t } from '../words.js';

export class AccountView {
  #bar;
  #open;
  #dialog;
  #forms;
  #acts; // of data-act
  #signOuts;
  #delegate;
  #name = null;

  /**
   * The delegate: `accountWish(wish)` (rename, keep, signIn); `accountPassword(values)`, `accountDelete(values)`,
   * `accountSignOut()`, which give what a FormView's act does; `accountHasUnsent()`.
   */
  constructor(root, delegate) {
    this.#bar = root.querySelector('#self');
    this.#open = root.querySelector('#account-open');
    this.#dialog = root.querySelector('#account');
    this.#forms = {
      password: new FormView(root.querySelector('#account-password'), (values) => this.#changePassword(values)),
      delete: new FormView(root.querySelector('#account-delete'), (values) => this.#delegate.accountDelete(values)),
      leave: new FormView(root.querySelector('#account-leave'), () => this.#delegate.accountSignOut()),
    };
    this.#signOuts = root.querySelectorAll('#sign-out, #account [data-act="leave"]');
    this.#delegate = delegate;
    const wish = (which) => () => {
      this.#dialog.close();
      delegate.accountWish(which);
    };
    this.#acts = { keep: wish('keep'), rename: wish('rename'), signIn: wish('signIn'), close: () => this.#dialog.close() };
    for (const panel of ['home', 'password', 'delete', 'leave']) this.#acts[panel] = () => this.#show(panel);
  }

  start() {
    for (const form of Object.values(this.#forms)) form.start();
    this.#bar.addEventListener('click', this.#barClicked);
    this.#dialog.addEventListener('click', this.#clicked);
  }

  stop() {
    for (const form of Object.values(this.#forms)) form.stop();
    this.#bar.removeEventListener('click', this.#barClicked);
    this.#dialog.removeEventListener('click', this.#clicked);
  }

  draw({ isIn, isGuest, isExternal, name, ways }) {
    this.#bar.hidden = !isIn;
    if (!isIn) {
      this.#name = null;
      this.#dialog.close();
      return;
    }
    const whose = isExternal ? 'external' : isGuest ? 'guest' : 'member';
    for (const each of this.#signOuts) each.hidden = isExternal;
    for (const each of this.#dialog.querySelectorAll('[data-for]')) {
      each.hidden = each.dataset.for !== whose || (each.dataset.way && !ways[each.dataset.way]);
    }
    const kind = isGuest ? 'guest' : 'member';
    if (this.#name === `${kind} ${name}`) return;
    this.#name = `${kind} ${name}`;
    setText(this.#bar.querySelector('.self-name'), name);
    setText(this.#bar.querySelector('.self-kind'), t(`account.${kind}`));
    this.#open.querySelector('.avatar').replaceWith(avatarOf(name));
    setText(this.#dialog.querySelector('[data-name]'), name);
    setText(this.#dialog.querySelector('#account-delete-title'), t('account.deleteTitle', { name: isolated(name) }));
    this.#dialog.querySelector('#account-username').value = name;
  }

  #show(panel) {
    for (const each of this.#dialog.querySelectorAll('[data-panel]')) each.hidden = each.dataset.panel !== panel;
    const username = this.#bar.querySelector('.self-name').textContent;
    this.#forms[panel]?.reset(panel === 'password' || panel === 'delete' ? { username } : {});
    this.#dialog.querySelector('[data-unsent]').hidden = !this.#delegate.accountHasUnsent();
    if (panel !== 'home') setText(this.#dialog.querySelector('#account-done'), '');
    if (!this.#dialog.open) this.#dialog.showModal();
    this.#dialog.querySelector(`[data-panel="${panel}"] :is(input:not([hidden]), button:not([hidden]))`)?.focus();
  }

  async #changePassword(values) {
    const refusal = await this.#delegate.accountPassword(values);
    if (refusal !== null) return refusal;
    this.#show('home');
    setText(this.#dialog.querySelector('#account-done'), t('account.passwordDone'));
    return null;
  }

  #barClicked = ({ target }) => {
    const button = target.closest('button');
    if (button === null) return;
    if (button === this.#open) this.#show('home');
    else this.#show('leave');
  };

  #clicked = ({ target }) => {
    const act = target.closest('[data-act]')?.dataset.act;
    // A click on the dialog itself is one beside what it holds.
    if (target === this.#dialog) this.#dialog.close();
    else if (act !== undefined) this.#acts[act]();
  };
}

/** A name in the midst of words, whose direction it does not turn (Unicode, FSI and PDI). */
function isolated(name) {
  return `\u2068${name}\u2069`;
}
