// What every page has: the head with its ways, the foot, the language switch, the corner where things are announced.

import {$, h, icon, say} from './dom.js';
import {language, switchLanguage, t, translate} from './i18n.js';
import {session} from './session.js';
import {live} from './live.js';
import {get} from './api.js';

const WAYS = [
  ['/', 'nav.browse'],
  ['/sell.html', 'nav.sell'],
  ['/me.html', 'nav.me'],
];

function here() {
  return location.pathname === '/index.html' ? '/' : location.pathname;
}

export function signInPath() {
  return `/sign-in.html?next=${encodeURIComponent(location.pathname + location.search)}`;
}

function way([path, key]) {
  return h('a', {href: path, 'aria-current': here() === path ? 'page' : null}, t(key));
}

function account() {
  return session.signedIn
    ? h('a', {href: '/profile.html', class: 'way-account', 'aria-current': here() === '/profile.html' ? 'page' : null},
      icon('person'), h('span', {}, t('nav.profile')))
    : h('a', {href: here() === '/sign-in.html' ? '/sign-in.html' : signInPath(), class: 'way-account',
      'aria-current': here() === '/sign-in.html' ? 'page' : null}, icon('person'), h('span', {}, t('nav.signIn')));
}

function bell() {
  return h('a', {href: '/inbox.html', class: 'way-bell', hidden: !session.signedIn, 'aria-label': t('nav.inbox'),
    'aria-current': here() === '/inbox.html' ? 'page' : null}, icon('bell'), h('span', {class: 'count num', hidden: true}));
}

/** Says beside the bell how many notices are unread; the market counts up to 100. */
export function showUnread(count) {
  const shown = count > 99 ? '99+' : String(count);
  $('.way-bell').setAttribute('aria-label', count ? t('nav.inbox.unread', {n: shown}) : t('nav.inbox'));
  const place = $('.way-bell .count');
  place.hidden = count === 0;
  say(place, shown);
}

/** Asks how many notices are unread; answers with the newest ones. */
async function askUnread(limit = 1) {
  if (!session.signedIn) return [];
  try {
    const {notices, unread} = await get(`/v1/users/me/notices?limit=${limit}`);
    showUnread(unread);
    return notices;
  } catch {
    return []; // The bell keeps what it says.
  }
}

/** A notice has come: counts it, and says its title where the page does not show by itself what it is about. */
async function noticed({type, notice, about}) {
  if (type !== 'notice' || here() === '/inbox.html') return;
  const told = (await askUnread(5)).find(({noticeId}) => noticeId === notice);
  if (told && !(about && location.search.includes(about.slice(4)))) toast(told.title);
}

function head() {
  const other = language() === 'ko' ? 'en' : 'ko';
  return h('header', {class: 'head'},
    h('div', {class: 'head-inner'},
      h('a', {href: '/', class: 'brand', 'aria-label': t('brand.home')},
        h('img', {src: '/assets/img/seal.svg', alt: '', width: 30, height: 30}),
        h('span', {class: 'brand-name'}, t('brand'))),
      h('nav', {'aria-label': t('nav.label'), class: 'ways'}, WAYS.map(way)),
      h('div', {class: 'head-end'},
        h('button', {type: 'button', class: 'language', lang: other, on: {click: () => switchLanguage(other)}},
          other === 'en' ? 'English' : '한국어'),
        bell(), account())));
}

function foot() {
  return h('footer', {class: 'foot'},
    h('div', {class: 'foot-inner'},
      h('p', {}, t('foot.line')),
      h('p', {class: 'feed', id: 'feed-state'}),
      h('nav', {'aria-label': t('foot.label')}, h('a', {href: '/operator.html'}, t('nav.operator')))));
}

/** Builds the frame around `<main>`. Every page calls this first. */
export function frame() {
  translate();
  document.body.prepend(h('a', {href: '#main', class: 'skip'}, t('skip')));
  $('.skip').after(head());
  $('main').after(foot());
  document.body.append(
    h('div', {id: 'toasts', class: 'toasts'}),
    h('div', {id: 'polite', class: 'unseen', role: 'status', 'aria-live': 'polite'}),
    h('div', {id: 'urgent', class: 'unseen', role: 'alert', 'aria-live': 'assertive'}));
  session.onChange(() => {
    $('.way-account').replaceWith(account());
    $('.way-bell').replaceWith(bell());
    askUnread();
  });
  if (here() !== '/inbox.html') addEventListener('load', () => askUnread(), {once: true});
  live.overhear(noticed);
  live.onState(state => say($('#feed-state'), state === 'idle' ? '' : t(`feed.${state}`)));
  document.documentElement.dataset.ready = '';
}

let clearing = 0;

/** Tells screen readers. `urgent` interrupts what they are reading. */
export function announce(text, {urgent = false} = {}) {
  const place = $(urgent ? '#urgent' : '#polite');
  say(place, '');
  // A text that is put in place of the same text is not read; an emptied place and a moment make it news.
  setTimeout(() => say(place, text), 60);
  clearTimeout(clearing);
  clearing = setTimeout(() => { say($('#urgent'), ''); say($('#polite'), ''); }, 12_000);
}

/** Shows a message in the corner for a while, and announces it. */
export function toast(text, {kind = 'note', urgent = false} = {}) {
  const shown = h('div', {class: `toast toast-${kind}`}, h('p', {}, text),
    h('button', {type: 'button', 'aria-label': t('close'), on: {click: () => shown.remove()}}, icon('close')));
  $('#toasts').append(shown);
  while ($('#toasts').children.length > 3) $('#toasts').firstChild.remove();
  announce(text, {urgent});
  setTimeout(() => { if (!shown.matches(':hover, :focus-within')) shown.remove(); }, 9_000);
}

export function setTitle(text) {
  document.title = text ? `${text} · ${t('brand')}` : t('brand.title');
}

/** Sends whoever is not signed in to the sign-in page; true when somebody is. */
export function requireSignIn() {
  if (session.signedIn) return true;
  location.replace(signInPath());
  return false;
}

/** A path on this site somebody came from, never an address of another site. */
export function nextPath() {
  const next = new URLSearchParams(location.search).get('next') ?? '/';
  try {
    const address = new URL(next, location.origin);
    return address.origin === location.origin && next.startsWith('/') ? address.pathname + address.search : '/';
  } catch {
    return '/';
  }
}
