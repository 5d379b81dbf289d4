// The content of a message.

/** What a message says, as nodes. `reader`: `me`. */
export function contentOf(content, reader) {
  const fragment = document.createDocumentFragment();
  fragment.append(content);
  return fragment;
}
