// Times and days as the reader writes them, in their zone.

import { dayOf } from './rows.js';
import { locale, t } from '../words.js';

const clock = new Intl.DateTimeFormat(locale, { hour: '2-digit', minute: '2-digit' });
const date = new Intl.DateTimeFormat(locale, { weekday: 'long', day: 'numeric', month: 'long' });
const dateOfOtherYear = new Intl.DateTimeFormat(locale, { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' });
const exact = new Intl.DateTimeFormat(locale, { dateStyle: 'full', timeStyle: 'medium' });

export const timeWords = (at) => clock.format(at);
export const exactWords = (at) => exact.format(at);

/** "Today", "Yesterday", or the date; with its year when that is another one. */
export function dayWords(at, now = new Date()) {
  const yesterday = new Date(now.getFullYear(), now.getMonth(), now.getDate() - 1);
  if (dayOf(at) === dayOf(now)) return t('talk.today');
  if (dayOf(at) === dayOf(yesterday)) return t('talk.yesterday');
  return (at.getFullYear() === now.getFullYear() ? date : dateOfOtherYear).format(at);
}
