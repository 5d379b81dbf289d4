// What must not be taken out of the document, however far one scrolls: what has the focus, and what is selected.

import { placeOf } from '../ordered.js';
import { selected } from './window.js';
import { TAIL } from './rows.js';

/** The ranges of messages that a log has to keep. */
export function heldIn(log, messages) {
  const { length } = messages;
  const rangeOf = (began, now) => {
    const [beganItem, nowItem] = [itemOf(log, began), itemOf(log, now)];
    if (beganItem === null || nowItem === null) return [];
    const { from, to } = selected(placeOf(messages, beganItem), placeOf(messages, nowItem));
    return [{ from: Math.min(from, length), to: Math.min(to, length) }];
  };
  const focused = document.activeElement;
  const selection = document.getSelection();
  const isSelected = selection !== null && !selection.isCollapsed;
  return [...rangeOf(focused, focused), ...(isSelected ? rangeOf(selection.anchorNode, selection.focusNode) : [])];
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
