// Web Push in this browser. Whose notices it shows is remembered here, because the browser knows only one subscription,
// whoever is signed in.

import {get, put, query, remove} from './api.js';
import {session} from './session.js';

const OWNER = 'gavel.push';
const PATH = '/v1/users/me/push-subscriptions';
const PATIENCE = 20_000;

export const supported = 'serviceWorker' in navigator && 'PushManager' in window && 'Notification' in window;

/** Why pushes cannot be turned on: "denied" by the person, or no "service" that the browser reaches. */
export class NoPush extends Error {}

async function subscription() {
  const registration = supported ? await navigator.serviceWorker.getRegistration('/') : null;
  return await registration?.pushManager.getSubscription() ?? null;
}

/** Whether this browser shows the notices of whoever is signed in. */
export async function isOn() {
  return localStorage.getItem(OWNER) === session.userId && await subscription() !== null;
}

/** Asks the person, subscribes and tells the market where. Throws NoPush or a Problem; then nothing is left behind. */
export async function turnOn() {
  if (await Notification.requestPermission() !== 'granted') throw new NoPush('denied');
  const {publicKey} = await get('/v1/push-key', {anonymous: true});
  // One that is left is another person's, or of another key.
  await (await subscription())?.unsubscribe();
  const made = await subscribe(publicKey);
  try {
    const {endpoint, keys} = made.toJSON();
    await put(PATH, {endpoint, keys});
    localStorage.setItem(OWNER, session.userId);
  } catch (trouble) {
    await made.unsubscribe();
    throw trouble;
  }
}

async function subscribe(publicKey) {
  let late;
  const patience = new Promise((_, fail) => { late = setTimeout(() => fail(new Error('late')), PATIENCE); });
  const made = navigator.serviceWorker.register('/sw.js')
    .then(() => navigator.serviceWorker.ready)
    .then(({pushManager}) => pushManager.subscribe({userVisibleOnly: true, applicationServerKey: bytes(publicKey)}));
  try {
    return await Promise.race([made, patience]);
  } catch {
    throw new NoPush('service');
  } finally {
    clearTimeout(late);
  }
}

/** No more pushes here. The browser goes first: what it no longer takes, the market forgets with the next push. */
export async function turnOff() {
  const was = await subscription();
  localStorage.removeItem(OWNER);
  if (!was) return;
  await was.unsubscribe();
  await remove(PATH + query({endpoint: was.endpoint}));
}

function bytes(base64url) {
  const text = atob(base64url.replace(/-/g, '+').replace(/_/g, '/'));
  return Uint8Array.from(text, letter => letter.charCodeAt(0));
}
