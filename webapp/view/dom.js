// Making and keeping elements. Text enters the page here, and only as text.

export function make(tag, className = '', text = null) {
  const element = document.createElement(tag);
  if (className) element.className = className;
  if (text !== null) element.textContent = text;
  return element;
}

/** A button that says what it does; `label` is for those who cannot see where it stands. */
export function button(className, text, label, act) {
  const element = make('button', className, text);
  element.type = 'button';
  if (label) element.setAttribute('aria-label', label);
  element.addEventListener('click', act);
  return element;
}

/** A name, isolated so that its direction does not turn the words around it, in its own colour. */
export function nameOf(sender) {
  return make('bdi', `name ${hueOf(sender)}`, sender);
}

/** A round mark with the first letter of a name; the name itself stands beside it. */
export function avatarOf(sender) {
  const first = new Intl.Segmenter().segment(sender)[Symbol.iterator]().next().value?.segment ?? '?';
  const element = make('span', `avatar ${hueOf(sender)}`, first.toUpperCase());
  element.setAttribute('aria-hidden', 'true');
  return element;
}

/** One of twelve colours, always the same for the same name (FNV-1a). */
export function hueOf(sender) {
  let hash = 0x811c9dc5;
  for (const char of sender) hash = Math.imul(hash ^ char.codePointAt(0), 0x01000193);
  return `hue-${(hash >>> 0) % 12}`;
}

/** Sets the text only when it differs: a live region is read out again on every change. */
export function setText(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

/**
 * Makes the children of `parent` those of `items`, in order, keeping an element as long as its key stays. New ones come
 * from `create(item)`; `update(element, item)` follows for all.
 */
export function keep(parent, items, keyOf, create, update = () => {}) {
  const elements = new Map(Array.from(parent.children, (element) => [element.dataset.key, element]));
  // First what has to go: so that what stays need not be moved, which would take the focus from it.
  const keys = new Set(items.map(keyOf));
  for (const [key, element] of elements) if (!keys.has(key)) element.remove();
  let place = parent.firstElementChild;
  for (const item of items) {
    const key = keyOf(item);
    const element = elements.get(key) ?? create(item);
    element.dataset.key = key;
    update(element, item);
    if (element === place) place = place.nextElementSibling;
    else parent.insertBefore(element, place);
  }
}
