// How an auction looks wherever it is listed: picture, price, what is left.

import {$, h, say} from './dom.js';
import {t} from './i18n.js';
import {formatMoney} from './money.js';
import {everyTick, formatDate, formatLeft, millisUntil, serverNow} from './time.js';
import {phase} from './auction-state.js';
import {pictureImage} from './pictures.js';

const SOON = 5 * 60_000;
// How wide a card is on a page of any width.
const CARD = '(min-width: 76rem) 17rem, (min-width: 40rem) 30vw, 46vw';

/** The picture of a thing, or the first letter of its name where there is none. */
export function picture(lot, {index = 0, eager = false, sizes = CARD} = {}) {
  const key = lot.pictures?.[index];
  const none = () => h('span', {class: 'no-picture', 'aria-hidden': 'true'}, [...(lot.title ?? '?')][0]);
  if (!key) return none();
  const image = pictureImage(key, {eager, sizes});
  image.addEventListener('error', () => image.replaceWith(none()), {once: true});
  return image;
}

/** The share of an auction's time that is left, 1 to 0. */
export function shareLeft(lot, now) {
  const start = Date.parse(lot.startsAt);
  const end = Date.parse(lot.endsAt);
  return Math.max(0, Math.min(1, (end - now) / Math.max(1, end - start)));
}

export function isSoon(lot, now) {
  const left = Date.parse(lot.endsAt) - now;
  return phase(lot, now) === 'open' && left < SOON;
}

/** What is left, or what became of it, in a few words. */
export function leftText(lot, now = serverNow()) {
  switch (phase(lot, now)) {
    case 'scheduled': return t('left.starts', {at: formatDate(lot.startsAt)});
    case 'open': return formatLeft(millisUntil(lot.endsAt));
    case 'ended': return t('left.settling');
    case 'cancelled': return t('left.cancelled');
    default: return t(`left.${lot.result ?? 'closed'}`);
  }
}

/** The seal over the picture of an auction that is over. */
export function stamp(lot) {
  if (lot.status === 'closed') {
    return h('span', {class: lot.result === 'sold' ? 'stamp' : 'stamp grey'}, t(`stamp.${lot.result === 'sold' ? 'sold' : 'unsold'}`));
  }
  return lot.status === 'cancelled' ? h('span', {class: 'stamp grey'}, t('stamp.cancelled')) : null;
}

/** A card that keeps its own time. `update(lot)` shows news, `stop()` lets it go. */
export function card(first, {kind = 'card', eager = false, kicker = false} = {}) {
  let lot = first;
  const price = h('strong', {class: 'card-price num'});
  const bids = h('span', {});
  const left = h('span', {class: 'left num'});
  const bar = h('span', {});
  const facts = h('p', {class: 'card-facts'}, kicker ? bids : [left, bids]);
  const frame = h('div', {class: 'card-picture'}, picture(lot, {eager}), h('span', {class: 'drain', 'aria-hidden': 'true'}, bar));
  const element = h(kind === 'feature' ? 'div' : 'li', {class: kind === 'feature' ? 'card feature' : 'card', data: {auction: lot.auctionId}},
    frame,
    h('div', {class: kind === 'feature' ? 'feature-body' : 'card-body'},
      kicker && [h('p', {class: 'feature-kicker'}, kicker), left],
      h('h3', {class: 'card-title'}, h('a', {href: auctionPath(lot)}, lot.title)),
      h('p', {}, price), facts));

  const tick = () => {
    const now = serverNow();
    say(left, leftText(lot, now));
    bar.style.transform = `scaleX(${phase(lot, now) === 'open' ? shareLeft(lot, now) : 0})`;
    element.classList.toggle('soon', isSoon(lot, now));
  };
  const show = () => {
    say(price, formatMoney(lot.price));
    say(bids, t('bids.count', {n: lot.bidCount}));
    const seal = stamp(lot);
    $('.stamp', frame)?.remove();
    if (seal) frame.append(seal);
    tick();
  };
  show();
  const stop = everyTick(tick);
  return {
    element,
    stop,
    get lot() { return lot; },
    update(next) {
      const dearer = next.price?.amount !== lot.price?.amount;
      lot = next;
      show();
      if (dearer) flash(price);
    },
  };
}

/** A row of a list: what it is, how it stands. */
export function line(lot, label) {
  const left = h('span', {class: 'left num'});
  const element = h('li', {class: 'line', data: {auction: lot.auctionId}},
    h('div', {class: 'card-picture'}, picture(lot)),
    h('div', {class: 'line-body'},
      h('p', {}, h('a', {href: auctionPath(lot)}, lot.title)),
      h('p', {class: 'spread'}, h('strong', {class: 'num'}, formatMoney(lot.price)), left),
      label));
  const stop = everyTick(() => {
    say(left, leftText(lot));
    element.classList.toggle('soon', isSoon(lot, serverNow()));
  });
  return {element, stop};
}

export function flash(element) {
  element.classList.remove('bumped');
  void element.offsetWidth;
  element.classList.add('bumped');
}

export function auctionPath(lot) {
  return `/auction.html?id=${encodeURIComponent(lot.auctionId)}`;
}
