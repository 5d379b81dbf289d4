// What must not be taken out of the document, however far one scrolls: what has the focus, and what is selected.

import { placeOf } from '../ordered.js';
import { selected } from './window.js';
import { TAIL } from './rows.js';

/**
 * The ranges of messages that a log has to keep: of what is selected both ends, between which the browser marks what is
 * drawn; and all of it when it is about to be copied.
 */
export function heldIn(log, messages, isCopied) {
  const rangeOf = (began, now = began) => {
    const item = itemOf(log, began);
    if (item === null) return [];
    const { from, to } = selected(placeOf(messages, item), placeOf(messages, itemOf(log, now) ?? item));
    return [{ from: Math.min(from, messages.length), to: Math.min(to, messages.length) }];
  };
  const focused = rangeOf(document.activeElement);
  const selection = document.getSelection();
  if (selection === null || selection.isCollapsed) return focused;
  const { anchorNode, focusNode } = selection;
  if (isCopied) return [...focused, ...rangeOf(anchorNode, focusNode)];
  return [...focused, ...rangeOf(anchorNode), ...rangeOf(focusNode)];
}

/** The seq of the message a node belongs to, Infinity below the last one; null outside of the log. */
function itemOf(log, node) {
  const element = node instanceof Element ? node : node?.parentElement;
  const row = element?.closest('[data-item]');
  if (row?.parentElement !== log) return null;
  return seqOf(row);
}

/** The seq of the message a row belongs to; Infinity for what stands below the last one. */
export function seqOf({ dataset }) {
  return dataset.item === TAIL ? Infinity : Number(dataset.item);
}
