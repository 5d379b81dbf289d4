// Why somebody could not come in, for people: at which field, in which words, and what to do. Pure.

export const PASSWORD_LEAST = 8;
export const PASSWORD_MOST = 128;
const PASSWORD_RULE = `A password has ${PASSWORD_LEAST} to ${PASSWORD_MOST} characters.`;

const when = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' });

/** Each gives [field, words]; a field that the form does not have, or null, means the form as a whole. */
const REFUSALS = {
  name_taken: () => ['name', 'Somebody has this name, or one that looks like it. Choose another; if it is yours, sign in.'],
  name_kept: () => ['name', 'This name is kept for an admin of this server. Choose another; if you are the one, ask whoever runs it.'],
  bad_name: ({ detail }) => ['name', `This name cannot be used. ${detail || 'Choose another.'}`],
  bad_password: () => ['newPassword', PASSWORD_RULE],
  wrong_credentials: () => ['password', 'The name and the password do not belong together. Check both, and capital letters.'],
  not_signed_in: () => [null, 'Your session has ended. Sign in again.'],
  switched_off: () => [null, 'This way in is closed here. Choose another.'],
  guests_cannot: () => [null, 'Guests have no account. Sign up first.'],
  no_account: () => [null, 'Your account is kept by another system. Change it there.'],
  rate_limited: ({ retryAfterMs }) => [null, `Too many attempts. Try again ${waitWords(retryAfterMs)}.`],
  too_many_names: ({ retryAfterMs }) => [
    null,
    `There are too many guests from your network. Sign up or sign in, or try again ${waitWords(retryAfterMs)}.`,
  ],
  banned: (problem) => [null, banWords(problem)],
  foreign_origin: () => [null, 'The server does not know the address of this page. Open it by its usual address.'],
  busy: ({ retryAfterMs }) => [null, `The server is busy, nothing was done. Try again ${waitWords(retryAfterMs)}.`],
  unavailable: () => [null, 'The server cannot say whether this was done. Try again in a moment.'],
  internal: () => [null, 'Something went wrong in the server. Try again in a moment.'],
  no_network: () => [null, 'The server cannot be reached. Check your connection, and try again.'],
};

/** { field, words } for a Problem; `isOwn`: of somebody who is in, and was asked for their own password. */
export function refusalOf(problem, isOwn = false) {
  if (isOwn && problem.code === 'wrong_credentials') return { field: 'password', words: 'This is not your password.' };
  const known = Object.hasOwn(REFUSALS, problem.code) ? REFUSALS[problem.code](problem) : null;
  const [field, words] = known ?? [null, problem.detail || 'The server refused this.'];
  return { field, words };
}

/** Why somebody is kept out, as the one who did it put it, and until when; as far as it was said. */
export function banWords({ reason = '', detail = '', until = null }) {
  const why = reason || detail;
  const end = Number.isFinite(until) ? ` This ends on ${when.format(new Date(until))}.` : '';
  return `You have been banned from here${why ? `: ${ended(why)}` : '.'}${end}`;
}

/** { title, words } of a close for good that somebody wanted: a ban, or a kick, after which one may come back. */
export function expelled(reason) {
  const kick = /^kicked\b:?\s*(.*)$/s.exec(reason);
  if (kick === null) return { title: 'You cannot come in', words: banWords({ reason }) };
  return { title: 'You were sent out', words: `An admin sent you out${kick[1] ? `: ${ended(kick[1])}` : '.'} You may come back.` };
}

function ended(words) {
  return /[.!?…]$/.test(words) ? words : `${words}.`;
}

/** What can be said of a form before the server is asked: { field, words }, or null when nothing is wrong. */
export function firstWrong({ name, password, newPassword }) {
  if (name === '') return { field: 'name', words: 'Enter a name.' };
  if (password === '') return { field: 'password', words: 'Enter the password.' };
  if (newPassword === undefined) return null;
  const length = [...newPassword].length;
  if (length >= PASSWORD_LEAST && length <= PASSWORD_MOST) return null;
  return { field: 'newPassword', words: `${PASSWORD_RULE} This one has ${length === 0 ? 'none' : length}.` };
}

/** "in 20 seconds"; rounded up, so that whoever waits that long has waited long enough. */
function waitWords(ms) {
  if (!(ms > 0)) return 'in a moment';
  const seconds = Math.ceil(ms / 1000);
  if (seconds < 60) return `in ${counted(seconds, 'second')}`;
  const minutes = Math.ceil(seconds / 60);
  return minutes < 60 ? `in ${counted(minutes, 'minute')}` : `in ${counted(Math.ceil(minutes / 60), 'hour')}`;
}

function counted(count, what) {
  return `${count} ${what}${count === 1 ? '' : 's'}`;
}
