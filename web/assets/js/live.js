// What happens at auctions, as it happens. One WebSocket for the page; where none can be had, server-sent events; where
// those fail too, asking every five seconds. Whoever subscribes is told full states and gapless deltas, whichever way.

import {session} from './session.js';
import {learnServerTime} from './time.js';

const FIRST_WAIT = 500;
const LONGEST_WAIT = 30_000;
const POLL = 5_000;
const TRIES_BEFORE_FALLING_BACK = 2;
const RETRY_SOCKET = 60_000;
const AUTHENTICATE_EARLY = 60_000;
const UNSAID_LIFE = 300_000;

/** A random time up to a limit that doubles: everybody was cut off at once, nobody shall come back at once. */
export function fullJitter(attempt, random = Math.random) {
  return random() * Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** Math.min(attempt, 10));
}

/** Whether a delta continues what is known: "next", "known" already, or a "gap". */
export function continues(lastSeq, sequence) {
  if (lastSeq === undefined) return 'gap';
  return sequence === lastSeq + 1 ? 'next' : sequence <= lastSeq ? 'known' : 'gap';
}

const PASSING = new Set(['busy', 'unavailable', 'too-many-subscriptions']);
const PERSONAL = new Set(['order', 'notice']);
const DELTAS = new Set(['scheduled', 'opened', 'bids', 'extended', 'closed', 'cancelled']);

class LiveFeed {
  #watched = new Map(); // auction → {lastSeq, resync, listeners, source}
  #personal = new Set();
  #overhearing = new Set();
  #socket = null;
  #ready = false;
  #attempt = 0;
  #failures = 0;
  #timer = 0;
  #silence = 0;
  #pings = 0;
  #heartbeat = 20;
  #wanted = false;
  #states = new EventTarget();
  #state = 'idle';
  #pollTimer = 0;
  #authenticateTimer = 0;
  #token = null;
  #moving;
  #refused = null;

  /** "live", "events", "polling" or "connecting". */
  get state() {
    return this.#state;
  }

  onState(listener) {
    this.#states.addEventListener('change', () => listener(this.#state));
    listener(this.#state);
  }

  /**
   * Calls `on(message)` with each message about an auction. `poll` is asked where nothing else works; it may be left
   * out by those that look by themselves. `sse` lets this auction have an event stream of its own. Returns how to stop.
   */
  watch(auction, {on, poll, sse = false, lastSeq}) {
    let entry = this.#watched.get(auction);
    if (!entry) {
      entry = {lastSeq, listeners: new Set(), source: null, sourceFailures: 0};
      this.#watched.set(auction, entry);
      if (this.#ready) this.#subscribe(auction, entry);
    }
    const listener = {on, poll, sse};
    entry.listeners.add(listener);
    this.#start();
    if (this.#state === 'events' || this.#state === 'polling') this.#fallBack();
    return () => {
      entry.listeners.delete(listener);
      if (entry.listeners.size > 0) return;
      entry.source?.close();
      this.#watched.delete(auction);
      if (this.#ready) this.#send({type: 'unsubscribe', auction});
    };
  }

  /**
   * Calls `on(message)` with what concerns whoever is signed in, and `poll` whenever some of it may have been missed:
   * after every connection, and every few seconds where there is none. Returns how to stop.
   */
  mine({on, poll}) {
    const listener = {on, poll};
    this.#personal.add(listener);
    this.#start();
    if (this.#state === 'events' || this.#state === 'polling') this.#fallBack();
    return () => this.#personal.delete(listener);
  }

  /** Calls `on(message)` as `mine` does, but only while somebody else uses the feed, and only over a WebSocket. */
  overhear(on) {
    this.#overhearing.add(on);
  }

  #start() {
    if (this.#wanted) return;
    this.#wanted = true;
    this.#connect();
    session.onChange(() => this.#reconnectNow());
    addEventListener('online', () => this.#reconnectNow());
    addEventListener('pagehide', () => this.#socket?.close(1000));
    addEventListener('pageshow', event => { if (event.persisted) this.#reconnectNow(); });
    document.addEventListener('visibilitychange', () => {
      if (document.visibilityState === 'visible' && !this.#ready) this.#reconnectNow();
    });
  }

  #reconnectNow() {
    clearTimeout(this.#timer);
    this.#socket?.close(1000);
    this.#socket = null;
    this.#connect();
  }

  #connect() {
    if (this.#socket) return;
    if (this.#state !== 'events' && this.#state !== 'polling') this.#become('connecting');
    const address = `${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}/v1/live`;
    let socket;
    try {
      socket = new WebSocket(address);
    } catch {
      this.#lost(null);
      return;
    }
    this.#socket = socket;
    const late = setTimeout(() => socket.close(), 10_000);
    socket.addEventListener('message', event => {
      if (this.#socket !== socket) return;
      clearTimeout(late);
      this.#awake();
      let frame;
      try {
        frame = JSON.parse(event.data);
      } catch {
        return;
      }
      for (const message of [frame].flat()) this.#received(message);
    });
    socket.addEventListener('close', event => {
      clearTimeout(late);
      if (this.#socket === socket) this.#lost(event);
    });
  }

  #lost(event) {
    const hadBeenReady = this.#ready;
    this.#socket = null;
    this.#ready = false;
    clearTimeout(this.#silence);
    clearInterval(this.#pings);
    clearTimeout(this.#authenticateTimer);
    this.#failures = hadBeenReady ? 0 : this.#failures + 1;
    if (event?.code === 4401) this.#refused = this.#token;
    if (this.#failures >= TRIES_BEFORE_FALLING_BACK) {
      this.#fallBack();
      this.#timer = setTimeout(() => this.#connect(), RETRY_SOCKET * (0.5 + Math.random()));
    } else {
      this.#become('connecting');
      this.#timer = setTimeout(() => this.#connect(), this.#moving ?? fullJitter(this.#attempt++));
    }
    this.#moving = undefined;
  }

  /** A server that has been silent for two heartbeats is gone, whatever the connection says. */
  #awake() {
    clearTimeout(this.#silence);
    this.#silence = setTimeout(() => this.#socket?.close(), this.#heartbeat * 2_500);
  }

  #send(message) {
    if (this.#socket?.readyState === WebSocket.OPEN) this.#socket.send(JSON.stringify(message));
  }

  #subscribe(auction, entry) {
    this.#send({type: 'subscribe', auction, ...(entry.lastSeq === undefined ? {} : {lastSeq: entry.lastSeq})});
  }

  async #authenticate() {
    try {
      const token = await session.token(this.#refused ?? undefined);
      this.#refused = null;
      this.#token = token;
      if (token) this.#send({type: 'authenticate', token});
    } catch {
      // Personal messages come with the next try; prices do not need a token.
    }
  }

  #received(message) {
    if (message.serverTime) learnServerTime(message.serverTime, 150);
    switch (message.type) {
      case 'welcome':
        this.#ready = true;
        this.#failures = 0;
        this.#attempt = 0;
        this.#heartbeat = message.heartbeatSeconds ?? 20;
        this.#stopFallingBack();
        this.#become('live');
        clearInterval(this.#pings);
        this.#pings = setInterval(() => this.#send({type: 'ping'}), this.#heartbeat * 1_000);
        this.#authenticate();
        for (const [auction, entry] of this.#watched) this.#subscribe(auction, entry);
        return;
      case 'authenticated':
        clearTimeout(this.#authenticateTimer);
        this.#authenticateTimer = setTimeout(() => this.#authenticate(),
          Math.max(5_000, (Date.parse(message.expiresAt) || Date.now() + UNSAID_LIFE) - Date.now() - AUTHENTICATE_EARLY));
        for (const {poll} of this.#personal) poll();
        return;
      case 'token-expired':
        this.#authenticate();
        return;
      case 'moving':
        this.#moving = Math.random() * (message.retryAfterMs ?? 1_000);
        return;
      case 'error':
        if (message.auction && PASSING.has(message.code)) this.#later(message.auction);
        return;
      default:
        if (PERSONAL.has(message.type)) {
          for (const {on} of [...this.#personal]) on(message);
          for (const on of this.#overhearing) on(message);
        } else if (message.auction) this.#deliver(message.auction, message);
    }
  }

  /** A server that has no room just now is asked again in a while. */
  #later(auction) {
    setTimeout(() => {
      const entry = this.#watched.get(auction);
      if (entry && this.#ready) this.#subscribe(auction, entry);
    }, 3_000 + Math.random() * 7_000);
  }

  #deliver(auction, message) {
    const entry = this.#watched.get(auction);
    if (!entry) return;
    if (message.type === 'snapshot' || message.type === 'resumed') {
      entry.lastSeq = message.sequence;
      entry.resyncing = false;
    } else if (DELTAS.has(message.type)) {
      const place = continues(entry.lastSeq, message.sequence);
      if (place === 'known') return;
      if (place === 'gap') {
        // Something is missing between what is known and this: ask from there, and let this come again in its place.
        if (!entry.resyncing && this.#ready) {
          entry.resyncing = true;
          this.#subscribe(auction, entry);
        }
        return;
      }
      entry.lastSeq = message.sequence;
    }
    for (const listener of [...entry.listeners]) listener.on(message);
  }

  // ---- without a WebSocket

  #fallBack() {
    let polling = this.#personal.size > 0;
    for (const [auction, entry] of this.#watched) {
      const streams = [...entry.listeners].some(({sse}) => sse) && entry.sourceFailures < TRIES_BEFORE_FALLING_BACK;
      if (streams) this.#stream(auction, entry);
      else polling = true;
    }
    if (polling && !this.#pollTimer) {
      const ask = () => {
        const asked = new Set();
        for (const entry of this.#watched.values()) {
          if (entry.source) continue;
          for (const {poll} of entry.listeners) if (poll) asked.add(poll);
        }
        for (const {poll} of this.#personal) asked.add(poll);
        if (document.visibilityState === 'visible') asked.forEach(poll => poll());
      };
      this.#pollTimer = setInterval(ask, POLL);
      ask();
    }
    this.#become(polling ? 'polling' : 'events');
  }

  #stream(auction, entry) {
    if (entry.source) return;
    const from = entry.lastSeq === undefined ? '' : `?lastSeq=${entry.lastSeq}`;
    const source = new EventSource(`/v1/live/auctions/${encodeURIComponent(auction)}${from}`);
    entry.source = source;
    const take = event => {
      try {
        for (const message of [JSON.parse(event.data)].flat()) {
          entry.sourceFailures = 0;
          if (message.serverTime) learnServerTime(message.serverTime, 300);
          this.#deliver(message.auction ?? auction, message);
        }
      } catch {
        // Not a message of this protocol.
      }
    };
    source.addEventListener('message', take);
    for (const type of [...DELTAS, 'snapshot', 'resumed', 'viewers', 'revised']) source.addEventListener(type, take);
    source.addEventListener('error', () => {
      if (entry.source !== source) return;
      if (source.readyState === EventSource.CONNECTING && ++entry.sourceFailures < TRIES_BEFORE_FALLING_BACK) return;
      source.close();
      entry.source = null;
      entry.sourceFailures = TRIES_BEFORE_FALLING_BACK;
      this.#fallBack();
    });
  }

  #stopFallingBack() {
    clearInterval(this.#pollTimer);
    this.#pollTimer = 0;
    for (const entry of this.#watched.values()) {
      entry.source?.close();
      entry.source = null;
      entry.sourceFailures = 0;
    }
  }

  #become(state) {
    if (this.#state === state) return;
    this.#state = state;
    this.#states.dispatchEvent(new Event('change'));
  }
}

export const live = new LiveFeed();
