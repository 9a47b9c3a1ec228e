// The HTTP API. What it refuses becomes a Problem, which knows its sentence in the reader's language.

import {session} from './session.js';
import {learnServerTime} from './time.js';

const PATIENCE = 20_000;

/** A "no", or no answer at all. `type` is the last part of the problem's type, `members` everything it carries. */
export class Problem extends Error {
  constructor(status, members = {}) {
    super(members.detail ?? members.title ?? `HTTP ${status}`);
    this.status = status;
    this.members = members;
    this.type = String(members.type ?? '').split('/').pop() || (status === 0 ? 'no-connection' : `http-${status}`);
  }

  /** Whether the request may have been done all the same, so that only asking again with the same key tells. */
  get unknown() {
    return this.status === 0 || this.status >= 500 || this.status === 408 || this.status === 429
      || this.type === 'request-still-running' || this.type === 'stale-write';
  }
}

export const get = (path, options) => send('GET', path, undefined, options);
export const post = (path, body, options) => send('POST', path, body, {key: crypto.randomUUID(), ...options});
export const put = (path, body, options) => send('PUT', path, body, options);
export const patch = (path, body, options) => send('PATCH', path, body, options);
export const remove = (path, options) => send('DELETE', path, undefined, options);

/** The query of a path, without the values that are not there. */
export function query(values) {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(values)) {
    if (value !== null && value !== undefined && value !== '') search.set(name, value);
  }
  const text = search.toString();
  return text ? `?${text}` : '';
}

/**
 * One request, and another one with a fresh token when the first was refused for its token.
 * Options: `key` the Idempotency-Key, `anonymous` to go without a token, `signal`.
 */
async function send(method, path, body, options = {}) {
  const token = options.anonymous ? null : await tokenOrNone();
  const first = await once(method, path, body, token, options);
  if (first.status !== 401 || !token) return opened(first);
  const fresh = await session.token(token).catch(() => null);
  return opened(fresh ? await once(method, path, body, fresh, options) : first);
}

async function tokenOrNone() {
  try {
    return await session.token();
  } catch {
    throw new Problem(0);
  }
}

async function once(method, path, body, token, {key, signal, patience = PATIENCE}) {
  const headers = {accept: 'application/json'};
  if (token) headers.authorization = `Bearer ${token}`;
  if (key) headers['idempotency-key'] = key;
  if (body !== undefined) headers['content-type'] = 'application/json';
  const limit = AbortSignal.timeout(patience);
  const sent = Date.now();
  try {
    const response = await fetch(path, {
      method,
      headers,
      body: body === undefined ? undefined : JSON.stringify(body),
      signal: signal ? AbortSignal.any([signal, limit]) : limit,
    });
    const date = Date.parse(response.headers.get('date') ?? '');
    // The header has whole seconds: half of one is the best guess, and the way here and back adds to the doubt.
    if (!Number.isNaN(date)) learnServerTime(date + 500, 500 + (Date.now() - sent));
    const text = await response.text();
    return {status: response.status, answer: text ? JSON.parse(text) : {}};
  } catch (trouble) {
    if (signal?.aborted) throw trouble;
    throw new Problem(0);
  }
}

function opened({status, answer}) {
  if (status >= 200 && status < 300) return answer;
  throw new Problem(status, answer);
}

/** Waits, longer each time and never in step with others. */
export function pause(attempt, most = 8_000) {
  const limit = Math.min(most, 400 * 2 ** attempt);
  return new Promise(done => setTimeout(done, limit / 2 + Math.random() * limit / 2));
}
