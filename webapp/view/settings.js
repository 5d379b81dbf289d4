// What one chooses for this browser. Everything holds at once, but for the language, which the page is loaded in again.

import { CHOICES } from '../settings.js';
import { Notices } from '../notices.js';
import { Sheet } from './sheet.js';
import { setText } from './dom.js';
import { t } from '../words.js';

/** Why there can be no notifications, by what `Notices` says. */
const WHY = { insecure: 'notify.insecure', unsupported: 'notify.unsupported', denied: 'notify.denied' };

export class SettingsView {
  #dialog;
  #sheet;
  #openers;
  #notifyWords;
  #words;
  #reload;
  #settings;
  #delegate;

  /** The delegate: `settingsKeys()` shows the keys, `settingsReload()` loads the page again. */
  constructor(root, delegate, settings) {
    this.#dialog = root.querySelector('#settings');
    this.#sheet = new Sheet(this.#dialog);
    this.#openers = root.querySelectorAll('[data-settings]');
    this.#notifyWords = root.querySelector('#settings-notify');
    this.#words = root.querySelector('#settings-words');
    this.#reload = root.querySelector('#settings-reload');
    this.#settings = settings;
    this.#delegate = delegate;
  }

  start() {
    this.#sheet.start();
    this.#dialog.addEventListener('change', this.#changed);
    this.#dialog.querySelector('[data-act="keys"]').addEventListener('click', this.#keysAsked);
    this.#reload.addEventListener('click', this.#reloadAsked);
    for (const each of this.#openers) each.addEventListener('click', this.open);
  }

  stop() {
    this.#sheet.stop();
    this.#dialog.removeEventListener('change', this.#changed);
    this.#dialog.querySelector('[data-act="keys"]').removeEventListener('click', this.#keysAsked);
    this.#reload.removeEventListener('click', this.#reloadAsked);
    for (const each of this.#openers) each.removeEventListener('click', this.open);
  }

  open = () => {
    for (const name of Object.keys(CHOICES)) this.#check(name, this.#settings.get(name));
    const { permission } = Notices;
    setText(this.#notifyWords, permission in WHY ? t(WHY[permission]) : '');
    for (const each of this.#inputs('notify')) each.disabled = permission === 'insecure' || permission === 'unsupported';
    if (permission !== 'granted') this.#check('notify', 'off');
    setText(this.#words, '');
    this.#sheet.open();
  };

  #changed = async ({ target }) => {
    const { name, type, value, checked } = target;
    const chosen = type === 'checkbox' ? CHOICES[name][checked ? 0 : 1] : value;
    if (name === 'notify' && chosen !== 'off' && !(await this.#allowed())) return;
    const isKept = this.#settings.set(name, chosen);
    setText(this.#words, isKept ? '' : t('settings.notKept'));
    if (isKept && name === 'language') this.#reload.hidden = false;
  };

  async #allowed() {
    const answer = await Notices.allow(t('notify.works'));
    if (answer === 'granted') {
      setText(this.#notifyWords, t('notify.on'));
      return true;
    }
    setText(this.#notifyWords, t(WHY[answer] ?? 'notify.unasked'));
    this.#check('notify', 'off');
    return false;
  }

  #check(name, value) {
    for (const each of this.#inputs(name)) each.checked = each.type === 'checkbox' ? value === CHOICES[name][0] : each.value === value;
  }

  #inputs(name) {
    return this.#dialog.querySelectorAll(`input[name="${name}"]`);
  }

  #reloadAsked = () => this.#delegate.settingsReload();

  #keysAsked = () => {
    this.#sheet.close();
    this.#delegate.settingsKeys();
  };
}
