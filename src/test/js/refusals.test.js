// Every refusal has words, a place, and something to do.

import assert from 'node:assert/strict';
import test from 'node:test';
import { Problem } from '../../../webapp/api.js';
import { banWords, expelled, firstWrong, refusalOf } from '../../../webapp/refusals.js';

const of = (code, more) => refusalOf(new Problem({ code, ...more }));

test('what is about a field is said there', () => {
  assert.equal(of('name_taken').field, 'name');
  assert.equal(of('bad_name', { detail: 'No blanks.' }).field, 'name');
  assert.equal(of('name_kept').field, 'name');
  assert.equal(of('bad_password').field, 'newPassword');
  assert.equal(of('wrong_credentials').field, 'password');
});

test('what is about none is said of the form, always in a sentence', () => {
  for (const code of ['not_signed_in', 'switched_off', 'guests_cannot', 'rate_limited', 'too_many_names', 'banned', 'foreign_origin',
    'busy', 'unavailable', 'internal', 'no_network', 'never_heard_of', 'toString']) {
    const { field, words } = of(code);
    assert.equal(field, null, code);
    assert.match(words, /^[A-Z].*\.$/, code);
  }
});

test('a sentence of the server is shown only where there is none of the page', () => {
  for (const code of ['bad_name', 'bad_password', 'busy', 'name_taken', 'internal']) assert.doesNotMatch(of(code, { detail: 'Server says.' }).words, /Server says/, code);
  assert.equal(of('never_heard_of', { detail: 'Server says.' }).words, 'Server says.');
});

test('how long to wait is said, and never too short', () => {
  const after = (retryAfterMs) => of('rate_limited', { retryAfterMs }).words;

  assert.match(after(1), /in 1 second\./);
  assert.match(after(1001), /in 2 seconds\./);
  assert.match(after(60_000), /in 1 minute\./);
  assert.match(after(61_000), /in 2 minutes\./);
  assert.match(after(3_600_001), /in 2 hours\./);
  assert.match(after(null), /in a moment\./);
});

test('a ban tells its reason and its end, as far as they are known', () => {
  assert.equal(banWords({}), 'You have been banned from here.');
  assert.equal(banWords({ reason: 'spam', detail: 'You are banned: spam' }), 'You have been banned from here: spam.');
  assert.match(banWords({ reason: 'Spam!', until: Date.UTC(2031, 4, 6) }), /Spam! This ends on .*2031/);
  assert.doesNotMatch(banWords({ reason: 'spam', until: 'soon' }), /ends/);
});

test('whoever was kicked may come back, whoever was banned may not', () => {
  assert.match(expelled('kicked: too loud').words, /sent you out: too loud\. You may come back\.$/);
  assert.match(expelled('kicked').words, /sent you out\. You may come back\.$/);
  assert.match(expelled('kickedoff').words, /banned from here: kickedoff\./);
  assert.equal(expelled('').words, 'You have been banned from here.');
});

test('somebody who is in is not told that their name may be wrong', () => {
  assert.equal(refusalOf(new Problem({ code: 'wrong_credentials' }), true).words, 'This is not your password.');
});

test('what is plainly wrong is said before the server is asked', () => {
  assert.equal(firstWrong({ name: '', newPassword: '' }).field, 'name');
  assert.equal(firstWrong({ name: 'a', password: '' }).field, 'password');
  assert.equal(firstWrong({ name: 'a', password: 'x' }), null, 'an old password may be of any length');
  assert.equal(firstWrong({ name: 'a', newPassword: '1234567' }).field, 'newPassword');
  assert.equal(firstWrong({ name: 'a', newPassword: '12345678' }), null);
  assert.equal(firstWrong({ name: 'a', newPassword: '😀'.repeat(128) }), null, 'characters, not units');
  assert.equal(firstWrong({ name: 'a', newPassword: 'x'.repeat(129) }).field, 'newPassword');
  assert.equal(firstWrong({ password: 'x', newPassword: 'short' }).field, 'newPassword');
});
