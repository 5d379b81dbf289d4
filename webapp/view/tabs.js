// A choice of panels of which one is shown: the tabs of the ARIA practices, with arrow keys, Home and End.

export class Tabs {
  #list;
  #delegate;
  #chosen = null;

  /** Each tab names its panel by aria-controls and itself by data-tab. The delegate: `tabChosen(name, before)`. */
  constructor(list, delegate) {
    this.#list = list;
    this.#delegate = delegate;
  }

  start() {
    this.#list.addEventListener('click', this.#clicked);
    this.#list.addEventListener('keydown', this.#pressed);
  }

  stop() {
    this.#list.removeEventListener('click', this.#clicked);
    this.#list.removeEventListener('keydown', this.#pressed);
  }

  get chosen() {
    return this.#chosen;
  }

  /** Offers these tabs; where there is no choice, no tab. */
  draw(names, chosen) {
    for (const tab of this.#all()) tab.hidden = !names.includes(tab.dataset.tab);
    this.#list.hidden = names.length < 2;
    this.#show(chosen);
  }

  #show(name) {
    this.#chosen = name;
    for (const tab of this.#all()) {
      const isChosen = tab.dataset.tab === name;
      tab.setAttribute('aria-selected', String(isChosen));
      tab.tabIndex = isChosen ? 0 : -1;
      document.getElementById(tab.getAttribute('aria-controls')).hidden = !isChosen;
    }
  }

  #choose(tab) {
    const before = this.#chosen;
    if (tab.dataset.tab === before) return;
    this.#show(tab.dataset.tab);
    this.#delegate.tabChosen(this.#chosen, before);
  }

  #all() {
    return [...this.#list.querySelectorAll('[role="tab"]')];
  }

  #clicked = ({ target }) => {
    const tab = target.closest('[role="tab"]');
    if (tab !== null) this.#choose(tab);
  };

  #pressed = (event) => {
    const tabs = this.#all().filter((tab) => !tab.hidden);
    const at = tabs.indexOf(event.target);
    const last = tabs.length - 1;
    const to = { ArrowRight: (at + 1) % tabs.length, ArrowLeft: at > 0 ? at - 1 : last, Home: 0, End: last }[event.key];
    if (at < 0 || to === undefined) return;
    event.preventDefault();
    tabs[to].focus();
    this.#choose(tabs[to]);
  };
}
