// Who is signed in. The refresh token changes with every use, and using an old one again ends the session; so all tabs
// share one copy and take turns: whoever holds the lock refreshes, the others find the new token when it is their turn.

const KEY = 'gavel.session';
const LAST = 'gavel.lastRefreshToken';
const EARLY = 60_000;
const changes = new EventTarget();

function read() {
  try {
    return JSON.parse(localStorage.getItem(KEY) ?? 'null');
  } catch {
    return null;
  }
}

function write(session) {
  if (session) {
    localStorage.setItem(KEY, JSON.stringify(session));
    localStorage.setItem(LAST, session.refreshToken);
  } else {
    localStorage.removeItem(KEY);
  }
  changes.dispatchEvent(new Event('change'));
}

addEventListener('storage', event => {
  if (event.key === KEY || event.key === null) changes.dispatchEvent(new Event('change'));
});

function take(answer) {
  write({
    userId: answer.userId,
    accessToken: answer.accessToken,
    refreshToken: answer.refreshToken,
    expiresAt: Date.now() + answer.expiresIn * 1000,
    // The key of the next refresh is fixed now: should its answer get lost, the very same request is made again.
    refreshKey: crypto.randomUUID(),
  });
}

async function post(path, body, key = crypto.randomUUID()) {
  const response = await fetch(path, {
    method: 'POST',
    headers: {'content-type': 'application/json', 'idempotency-key': key},
    body: JSON.stringify(body),
    signal: AbortSignal.timeout(20_000),
  });
  const answer = await response.json().catch(() => ({}));
  return {status: response.status, answer};
}

export const session = {
  get userId() {
    return read()?.userId ?? null;
  },

  get signedIn() {
    return read() !== null;
  },

  get roles() {
    const payload = decode(read()?.accessToken);
    return [payload?.roles ?? []].flat();
  },

  /** When it says who is signed in has changed, here or in another tab. */
  onChange(listener) {
    const before = {userId: this.userId};
    changes.addEventListener('change', () => {
      if (before.userId !== this.userId) {
        before.userId = this.userId;
        listener();
      }
    });
  },

  /** Signs in; answers with {status, answer} of the API. */
  async signIn(email, password) {
    const last = localStorage.getItem(LAST);
    const result = await post('/v1/tokens', {email, password, ...(last ? {lastRefreshToken: last} : {})});
    if (result.status === 200) take(result.answer);
    return result;
  },

  async signOut() {
    const was = read();
    write(null);
    if (was) await post('/v1/tokens/revoke', {refreshToken: was.refreshToken}).catch(() => {});
  },

  /** A token that is good for another minute, or null when nobody is signed in. `stale` is one that was refused. */
  async token(stale) {
    const good = held => held && held.accessToken !== stale && held.expiresAt - Date.now() > EARLY;
    const now = read();
    if (!now) return null;
    if (good(now)) return now.accessToken;
    return exclusively(async () => {
      const held = read();
      if (!held) return null;
      if (good(held)) return held.accessToken;
      const {status, answer} = await post('/v1/tokens/refresh', {refreshToken: held.refreshToken}, held.refreshKey);
      if (status === 200) {
        take(answer);
        return answer.accessToken;
      }
      if (status === 401 || status === 422) {
        write(null);
        return null;
      }
      throw new TypeError(`the session could not be refreshed: ${status}`);
    });
  },
};

function exclusively(work) {
  return navigator.locks ? navigator.locks.request('gavel.refresh', work) : work();
}

function decode(token) {
  try {
    const part = token.split('.')[1].replace(/-/g, '+').replace(/_/g, '/');
    return JSON.parse(new TextDecoder().decode(Uint8Array.from(atob(part), c => c.charCodeAt(0))));
  } catch {
    return null;
  }
}
