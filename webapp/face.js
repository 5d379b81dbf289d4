// What the door shows to whom: a heading, why, and which forms. Pure.

import { t } from './words.js';

/** What somebody who is in can want at the door; each is one form, and can be left again. */
const WISHES = {
  rename: ({ name }) => ({
    title: t('door.rename'),
    words: t('door.renameWhy', { name }),
    forms: ['guest'],
    submit: t('door.renameSubmit'),
  }),
  keep: ({ name }) => ({ title: t('door.keep'), words: t('door.keepWhy', { name }), forms: ['signUp'], name }),
  signIn: ({ name }) => ({ title: t('door.signIn'), words: t('door.signInWhy', { name }), forms: ['signIn'] }),
};

/** The offer of the server behind each form. */
const WAY = { guest: 'guests', signIn: 'signIn', signUp: 'signUp' };

const NOTHING = { chosen: null, name: '', submit: null, mayCancel: false, other: null, mayRetry: false, maySignOut: false };
const EMPTY = { key: '', forms: [], ...NOTHING };

/**
 * { title, words, forms, chosen, name, submit, mayCancel, other, mayRetry, maySignOut }, or null where the chat belongs. `wish` is one
 * of rename, keep, signIn, or null; `hasUnsent`: something was written that has not gone out yet.
 */
export function faceOf(session, wish, hasUnsent = false) {
  if (session.isIn) return wish === null ? null : { ...EMPTY, ...WISHES[wish](session), mayCancel: true, key: `wish ${wish}` };
  const { state, words } = session;
  if (state === 'unknown') return words === '' ? null : { ...EMPTY, key: state, title: session.title, words, mayRetry: true };
  if (state === 'banned') return { ...EMPTY, key: state, title: session.title, words, mayRetry: true, maySignOut: true };
  return state === 'signedOut' ? strangerOf(session) : endedOf(session, hasUnsent);
}

function strangerOf(session) {
  const forms = formsOf(session);
  const shut = shutWords(session, forms);
  const face = { ...EMPTY, key: session.state, forms, name: session.name ?? '' };
  if (shut === '') return { ...face, title: t('door.title'), words: session.words || t('door.hello') };
  const title = t(session.ways.elsewhere ? 'door.elsewhereTitle' : 'door.closedTitle');
  return { ...face, title, words: `${session.words} ${shut}`.trim(), mayRetry: true };
}

function endedOf(session, hasUnsent) {
  const { state, other, isGuest } = session;
  const forms = formsOf(session);
  const unsent = other !== null && !isGuest ? t('door.unsentLost', { name: other }) : t('door.unsentKept');
  const words = [session.words, hasUnsent ? unsent : '', shutWords(session, forms)].filter((each) => each !== '').join(' ');
  const wanted = isGuest && forms.includes('guest') ? 'guest' : 'signIn';
  return {
    ...EMPTY,
    key: `${state} ${other}`,
    title: t('door.ended'),
    words,
    forms,
    chosen: forms.includes(wanted) ? wanted : null,
    name: session.name ?? '',
    other,
    mayRetry: forms.length === 0,
  };
}

function formsOf({ ways }) {
  return ['guest', 'signIn', 'signUp'].filter((form) => ways[WAY[form]]);
}

/** Where no form opens anything: where to go instead. */
function shutWords({ ways }, forms) {
  if (forms.length > 0) return '';
  return t(ways.elsewhere ? 'door.elsewhere' : 'door.shut');
}
