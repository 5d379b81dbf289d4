// On narrow screens the rooms and the people lie in drawers at the sides; one is open at a time, Escape closes it.

export class Drawers {
  #drawers; // { button, panel }
  #shade;
  #closers;

  constructor(root) {
    this.#drawers = Array.from(root.querySelectorAll('[data-drawer]'), (button) => ({
      button,
      panel: root.querySelector(`#${button.dataset.drawer}`),
      toggle: () => this.#open(button.getAttribute('aria-expanded') === 'true' ? null : button),
    }));
    this.#shade = root.querySelector('#shade');
    this.#closers = [this.#shade, ...root.querySelectorAll('.drawer-close')];
  }

  start() {
    for (const { button, toggle } of this.#drawers) button.addEventListener('click', toggle);
    for (const each of this.#closers) each.addEventListener('click', this.close);
    document.addEventListener('keydown', this.#pressed);
    document.addEventListener('focusin', this.#focused);
  }

  stop() {
    for (const { button, toggle } of this.#drawers) button.removeEventListener('click', toggle);
    for (const each of this.#closers) each.removeEventListener('click', this.close);
    document.removeEventListener('keydown', this.#pressed);
    document.removeEventListener('focusin', this.#focused);
  }

  close = () => this.#open(null);

  #open(wanted) {
    for (const { button, panel } of this.#drawers) {
      const isOpen = button === wanted;
      // What closes takes no focus with it.
      if (!isOpen && panel.classList.contains('open') && panel.contains(document.activeElement)) button.focus();
      button.setAttribute('aria-expanded', String(isOpen));
      panel.classList.toggle('open', isOpen);
      // A field would bring up the keyboard of a phone.
      if (isOpen) (panel.querySelector('[aria-current], [tabindex="0"]') ?? panel.querySelector('.drawer-close')).focus();
    }
    this.#shade.hidden = wanted === null;
  }

  #pressed = (event) => {
    if (event.key !== 'Escape' || event.defaultPrevented || this.#shade.hidden) return;
    const open = this.#drawers.find(({ button }) => button.getAttribute('aria-expanded') === 'true');
    event.preventDefault();
    this.close();
    open?.button.focus();
  };

  /** A drawer holds nobody: whoever goes on behind it by the keyboard closes it. */
  #focused = ({ target }) => {
    if (this.#shade.hidden) return;
    const open = this.#drawers.find(({ panel }) => panel.classList.contains('open'));
    if (open !== undefined && target.closest('#chat') !== null && !open.panel.contains(target) && target !== open.button) this.close();
  };
}
