// Moments and spans of time as the reader says them. Pure.

import { locale } from './words.js';

const dates = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' });
const spans = new Intl.RelativeTimeFormat(locale, { numeric: 'always' });

const MINUTE = 60;
const HOUR = 60 * MINUTE;

/** The day and the time, in the reader's zone. */
export function dateWords(ms) {
  return dates.format(new Date(ms));
}

/** "in 20 seconds"; rounded up, so that whoever waits that long has waited long enough. */
export function inWords(ms) {
  const seconds = Math.max(1, Math.ceil(ms / 1000));
  if (seconds < MINUTE) return spans.format(seconds, 'second');
  if (seconds <= HOUR - MINUTE) return spans.format(Math.ceil(seconds / MINUTE), 'minute');
  return spans.format(Math.ceil(seconds / HOUR), 'hour');
}
