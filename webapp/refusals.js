// Why somebody could not come in, for people: at which field, in which words, and what to do. Pure.

import { dateWords, inWords } from './moments.js';
import { faultOf } from './names.js';
import { has, t } from './words.js';

export const PASSWORD_LEAST = 8;
export const PASSWORD_MOST = 128;

/** What a refusal is about; of the others it is the form as a whole. */
const FIELDS = { name_taken: 'name', bad_name: 'name', bad_password: 'newPassword', wrong_credentials: 'password' };

/**
 * { field, words, reveal } for a Problem: `field` is null for the form as a whole, `reveal` a field that is to be shown now, or
 * null. `asked`: the name and the code that were said, if any; `isOwn`: of somebody who is in, and was asked for their own password.
 */
export function refusalOf(problem, isOwn = false, asked = {}) {
  const { code } = problem;
  if (isOwn && code === 'wrong_credentials') return refusal('password', t('refusals.own_password'));
  if (code === 'name_kept') return nameKept(asked);
  if (code === 'bad_name') return refusal('name', badName(asked.name));
  if (code === 'banned') return refusal(null, banWords(problem));
  if (!has(`refusals.${code}`)) return refusal(null, problem.detail || t('refusals.unknown'));
  const when = problem.retryAfterMs > 0 ? inWords(problem.retryAfterMs) : t('refusals.soon');
  return refusal(FIELDS[code] ?? null, t(`refusals.${code}`, { ...PASSWORD, when }));
}

const PASSWORD = { least: PASSWORD_LEAST, most: PASSWORD_MOST };

function refusal(field, words, reveal = null) {
  return { field, words, reveal };
}

/** Who has the code of the server's operator may have the name after all. */
function nameKept({ code = '' }) {
  return code === '' ? refusal('name', t('refusals.name_kept'), 'code') : refusal('code', t('refusals.wrong_code'), 'code');
}

/** The server's own sentence is English; what is wrong can mostly be seen here. */
function badName(name) {
  const fault = name === undefined || name === '' ? null : faultOf(name);
  return t(fault === null ? 'names.unfit' : `names.${fault}`);
}

/** Why somebody is kept out, as the one who did it put it, and until when; as far as it was said. */
export function banWords({ reason = '', detail = '', until = null }) {
  const why = ended(reason || detail);
  const words = why === '' ? t('refusals.banned') : t('refusals.bannedWhy', { why });
  return Number.isFinite(until) ? `${words} ${t('refusals.bannedUntil', { when: dateWords(until) })}` : words;
}

/** { title, words, isKick } of a close for good that somebody wanted: a ban, or a kick, after which one may come back. */
export function expelled(reason) {
  const kick = /^kicked\b:?\s*(.*)$/s.exec(reason);
  if (kick === null) return { title: t('door.banned'), words: banWords({ reason }), isKick: false };
  const why = ended(kick[1]);
  return { title: t('door.kicked'), words: why === '' ? t('refusals.kicked') : t('refusals.kickedWhy', { why }), isKick: true };
}

function ended(words) {
  return words === '' || /[.!?…]$/.test(words) ? words : `${words}.`;
}

/** What can be said of a form before the server is asked: as refusalOf, or null when nothing is wrong. */
export function firstWrong({ name, password, newPassword }) {
  if (name === '') return refusal('name', t('names.empty'));
  if (password === '') return refusal('password', t('refusals.no_password'));
  if (newPassword === undefined) return null;
  const count = [...newPassword].length;
  if (count >= PASSWORD_LEAST && count <= PASSWORD_MOST) return null;
  const rule = t('refusals.bad_password', PASSWORD);
  return refusal('newPassword', count === 0 ? `${rule} ${t('refusals.length_none')}` : `${rule} ${t('refusals.length', { count })}`);
}
