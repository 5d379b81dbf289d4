// What was chosen for this browser: theme, text size, language, notifications, keys. It stays when somebody signs out.

/** What there is to choose; the first holds until another one is chosen. */
export const CHOICES = {
  theme: ['system', 'light', 'dark'],
  size: ['normal', 'large', 'larger'],
  language: ['browser', 'en', 'de'],
  notify: ['off', 'mentions', 'all'],
  singleKeys: ['on', 'off'],
};

export class Settings {
  #storage;
  #key;
  #told;

  /** `storage` is like localStorage and may throw; `told()` follows every change. */
  constructor(storage, scope, told = () => {}) {
    this.#storage = storage;
    this.#key = `parley:${scope}:settings`;
    this.#told = told;
  }

  get(name) {
    const chosen = this.#all()[name];
    return CHOICES[name].includes(chosen) ? chosen : CHOICES[name][0];
  }

  /** False when the browser keeps nothing: then it holds for nobody. */
  set(name, value) {
    try {
      this.#storage.setItem(this.#key, JSON.stringify({ ...this.#all(), [name]: value }));
    } catch {
      return false;
    }
    this.#told();
    return true;
  }

  #all() {
    try {
      const all = JSON.parse(this.#storage.getItem(this.#key));
      return all !== null && typeof all === 'object' ? all : {};
    } catch {
      return {};
    }
  }
}

/** The language that was chosen, or null. For words.js, which is there before everything else. */
export function chosenLanguage(storage, scope) {
  const language = new Settings(storage, scope).get('language');
  return language === 'browser' ? null : language;
}
