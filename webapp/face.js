// What the door shows to whom: a heading, why, and which forms. Pure.

const COME_IN = 'Talk with others, in rooms, as it happens.';
const SHUT = 'This page lets nobody in at the moment. Ask whoever runs it.';

/** What somebody who is in can want at the door; each is one form, and can be left again. */
const WISHES = {
  rename: ({ name }) => ({
    title: 'Change your name',
    words: `You go on as a guest under the new name. Others can have "${name}" then.`,
    forms: ['guest'],
    submit: 'Change name',
  }),
  keep: ({ name }) => ({
    title: 'Keep your name',
    words: `With an account "${name}" stays yours, here and on other devices. You stay in your rooms.`,
    forms: ['signUp'],
    name,
  }),
  signIn: ({ name }) => ({
    title: 'Sign in',
    words: `You go on with your account. Others can have "${name}" then.`,
    forms: ['signIn'],
  }),
};

/**
 * { title, words, forms, chosen, name, submit, mayCancel, other, mayRetry, maySignOut }, or null where the chat belongs. `wish` is one
 * of rename, keep, signIn, or null; `hasUnsent`: something was written that has not gone out yet.
 */
export function faceOf(session, wish, hasUnsent = false) {
  if (session.isIn) return wish === null ? null : { ...EMPTY, ...WISHES[wish](session), mayCancel: true, key: `wish ${wish}` };
  const { state, words, other, isGuest } = session;
  const name = session.name ?? '';
  if (state === 'unknown') return words === '' ? null : { ...EMPTY, key: state, title: 'Parley cannot be reached', words, mayRetry: true };
  if (state === 'banned') return { ...EMPTY, key: state, title: session.title, words, mayRetry: true, maySignOut: true };
  const forms = ['guest', 'signIn', 'signUp'].filter((form) => session.ways[WAY[form]]);
  if (state === 'signedOut') {
    const shut = forms.length === 0 ? SHUT : '';
    return { ...EMPTY, key: state, title: 'Come on in', words: [words || COME_IN, shut].join(' ').trim(), forms };
  }
  const unsent = other !== null && !isGuest ? ` What you have not sent yet is lost if you go on as ${other}.` : ' What you have not sent yet is kept.';
  const chosen = forms.includes('guest') && isGuest ? 'guest' : 'signIn';
  return { ...EMPTY, key: `${state} ${other}`, title: 'Your session has ended', words: words + (hasUnsent ? unsent : ''), forms, chosen, name, other };
}

/** The offer of the server behind each form. */
const WAY = { guest: 'guests', signIn: 'signIn', signUp: 'signUp' };

const EMPTY = { key: '', forms: [], chosen: null, name: '', submit: null, mayCancel: false, other: null, mayRetry: false, maySignOut: false };
