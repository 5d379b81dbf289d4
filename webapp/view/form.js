// One form: hands over what was typed, and shows at the field what was refused.

import { setText } from './dom.js';

/**
 * Fields are inputs with a name; where words about one go is marked data-wrong with that name, words about all of it go
 * where data-wrong is empty. An input data-show shows the passwords while it is checked; what is data-extra with the name of a
 * field is hidden until a refusal reveals that field.
 */
export class FormView {
  #form;
  #act;
  #isBusy = false;

  /** `act(values)` gives null, or what refusalOf does when it was refused; both perhaps by a promise. */
  constructor(form, act) {
    this.#form = form;
    this.#act = act;
  }

  start() {
    this.#form.addEventListener('submit', this.#submitted);
    this.#form.addEventListener('change', this.#changed);
  }

  stop() {
    this.#form.removeEventListener('submit', this.#submitted);
    this.#form.removeEventListener('change', this.#changed);
  }

  /** As new: what it knew of an earlier try is gone, and every password. */
  reset(values = {}) {
    this.#form.reset();
    this.#show(false);
    this.#refuse(null);
    for (const extra of this.#form.querySelectorAll('[data-extra]')) extra.hidden = true;
    for (const [name, value] of Object.entries(values)) this.#input(name).value = value;
  }

  valueOf(name) {
    return this.#input(name)?.value ?? '';
  }

  /** To the first field that is to be filled in. */
  focus() {
    const inputs = this.#inputs;
    const isToFill = (input) => input.closest('[hidden]') === null && input.value === '' && input.type !== 'checkbox';
    const first = inputs.find(isToFill) ?? inputs[0];
    first?.focus();
  }

  #submitted = async (event) => {
    event.preventDefault();
    if (this.#isBusy) return;
    this.#show(false);
    this.#refuse(null);
    this.#busy(true);
    try {
      const refusal = await this.#act(this.#values());
      if (refusal === null) this.reset();
      else this.#refuse(refusal);
    } finally {
      this.#busy(false);
    }
  };

  #changed = ({ target }) => {
    if (target.matches('[data-show]')) this.#show(target.checked);
  };

  #values() {
    const values = {};
    // A password is taken as it is; a name with blanks around it is a slip.
    for (const { name, value, type } of this.#inputs) if (name) values[name] = type === 'text' ? value.trim() : value;
    return values;
  }

  /** Not disabled, which would take the focus away. */
  #busy(isBusy) {
    this.#isBusy = isBusy;
    const button = this.#form.querySelector('[type="submit"]');
    if (isBusy) button.setAttribute('aria-disabled', 'true');
    else button.removeAttribute('aria-disabled');
  }

  #refuse(refusal) {
    for (const input of this.#inputs) input.removeAttribute('aria-invalid');
    for (const place of this.#form.querySelectorAll('[data-wrong]')) setText(place, '');
    if (refusal === null) return;
    if (refusal.reveal) this.#form.querySelector(`[data-extra="${refusal.reveal}"]`).hidden = false;
    const input = refusal.field === null ? null : this.#input(refusal.field);
    setText(this.#form.querySelector(`[data-wrong="${input === null ? '' : refusal.field}"]`), refusal.words);
    input?.setAttribute('aria-invalid', 'true');
    input?.focus();
  }

  #show(isShown) {
    for (const input of this.#inputs) {
      if (input.autocomplete.endsWith('password')) input.type = isShown ? 'text' : 'password';
      if (input.matches('[data-show]')) input.checked = isShown;
    }
  }

  #input(name) {
    return this.#form.querySelector(`input[name="${name}"]`);
  }

  get #inputs() {
    return [...this.#form.querySelectorAll('input')];
  }
}
