// What is asked of the server over HTTP, and what is made of each kind of answer.

import assert from 'node:assert/strict';
import test from 'node:test';
import { Api, Problem } from '../../../webapp/api.js';

/** An Api whose one answer is given, and what it asked. */
function apiOf(status, body, headers = {}) {
  const asked = [];
  const fetch = async (url, request) => {
    asked.push({ url, ...request });
    return new Response(body, { status, headers });
  };
  return { api: new Api('https://a.example/x/#room', fetch), asked };
}

async function problemFrom(status, body, headers) {
  const { api } = apiOf(status, body, headers);
  const problem = await api.ways().then(() => null, (error) => error);
  assert.ok(problem instanceof Problem);
  return problem;
}

test('requests go beside the page, with JSON when they say something', async () => {
  const { api, asked } = apiOf(200, '{"name":"anna"}');
  await api.ways();
  await api.signUp('anna', 'correct horse');

  assert.equal(asked[0].url, 'https://a.example/x/api/ways');
  assert.equal(asked[0].body, undefined);
  assert.equal(asked[1].url, 'https://a.example/x/api/users');
  assert.equal(asked[1].headers['Content-Type'], 'application/json');
  assert.deepEqual(JSON.parse(asked[1].body), { name: 'anna', password: 'correct horse' });
  assert.ok(asked.every(({ credentials }) => credentials === 'same-origin'), 'the cookie goes to nobody else');
});

test('a guest without a name lets the server choose', async () => {
  const { api, asked } = apiOf(200, '{"name":"calm-owl"}');
  await api.join('');
  await api.join('anna');

  assert.deepEqual(asked.map(({ body }) => body), ['{}', '{"name":"anna"}']);
});

test('an answer without a body is fine where there is nothing to say', async () => {
  assert.equal(await apiOf(204, null).api.signOut(), null);
});

test('a refusal keeps what the server said', async () => {
  const body = { type: 'urn:parley:problem:rate_limited', code: 'rate_limited', detail: 'Slowly.', retryAfterMs: 700 };
  const problem = await problemFrom(429, JSON.stringify(body), { 'Retry-After': '1' });

  assert.equal(problem.code, 'rate_limited');
  assert.equal(problem.detail, 'Slowly.');
  assert.equal(problem.retryAfterMs, 700);
});

test('what a proxy says is taken by its status', async () => {
  const html = '<h1>Down</h1>';

  assert.equal((await problemFrom(503, html, { 'Retry-After': '7' })).code, 'busy');
  assert.equal((await problemFrom(503, html, { 'Retry-After': '7' })).retryAfterMs, 7000);
  assert.equal((await problemFrom(429, html)).code, 'rate_limited');
  assert.equal((await problemFrom(502, html)).code, 'internal');
  assert.equal((await problemFrom(200, html)).code, 'internal', 'a page that is none of ours');
});

test('no answer is a problem too', async () => {
  const api = new Api('https://a.example/', () => Promise.reject(new TypeError('failed')));

  await assert.rejects(api.ways(), (error) => error instanceof Problem && error.code === 'no_network');
});
