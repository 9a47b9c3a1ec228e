// The accepted bids of an auction, newest first, and the stairs their prices make.

import {fill, h} from './dom.js';
import {t} from './i18n.js';
import {get} from './api.js';
import {formatMoney, number} from './money.js';
import {formatClock, formatDate, serverNow} from './time.js';

const MOST_LIVE = 200;

export class BidHistory {
  #bids = [];
  #cursor;
  #userId;

  constructor(root, older, path) {
    this.root = root;
    this.older = older;
    this.path = path;
    older.addEventListener('click', () => this.#more());
  }

  replace({bids, cursor}, userId) {
    this.#userId = userId;
    const known = new Set(bids.map(bid => bid.number));
    const lowest = bids.at(-1)?.number ?? 0;
    // What came by the feed while the page was on its way is newer than it; what was paged in before is older.
    this.#bids = [...this.#bids.filter(bid => !known.has(bid.number)), ...bids].sort((a, b) => b.number - a.number);
    if (this.#cursor === undefined || lowest <= (this.#cursor ?? 0)) this.#cursor = cursor ?? null;
    this.#show(new Set());
  }

  add(bids) {
    const known = new Set(this.#bids.map(bid => bid.number));
    const fresh = bids.filter(bid => !known.has(bid.number));
    if (fresh.length === 0) return;
    this.#bids = [...fresh, ...this.#bids].sort((a, b) => b.number - a.number).slice(0, Math.max(MOST_LIVE, this.#bids.length));
    this.#show(new Set(fresh.map(bid => bid.number)));
  }

  /** The feed may have told a bid before its bidder heard that it is theirs. Returns the name it was told under. */
  claim(number) {
    const bid = this.#bids.find(one => one.number === number && !one.you);
    if (!bid) return null;
    for (const one of this.#bids) one.you ||= one.bidder === bid.bidder;
    this.#show(new Set());
    return bid.bidder;
  }

  async #more() {
    this.older.disabled = true;
    try {
      const page = await get(`${this.path}/bids?limit=50&cursor=${this.#cursor}`);
      this.#cursor = page.cursor ?? null;
      this.#bids = [...this.#bids, ...page.bids];
      this.#show(new Set());
    } finally {
      this.older.disabled = false;
    }
  }

  #show(fresh) {
    this.older.hidden = !this.#cursor;
    if (this.#bids.length === 0) {
      fill(this.root, h('p', {class: 'soft'}, t('history.none')));
      return;
    }
    fill(this.root,
      new Set(this.#bids.map(bid => bid.price.amount)).size > 1 ? stairs(this.#bids) : null,
      h('table', {},
        h('thead', {}, h('tr', {}, h('th', {scope: 'col'}, t('history.bidder')), h('th', {scope: 'col'}, t('history.time')),
          h('th', {scope: 'col', class: 'right'}, t('history.price')))),
        h('tbody', {}, this.#bids.map(bid => h('tr', {class: [bid.you && 'mine', fresh.has(bid.number) && 'fresh'].filter(Boolean).join(' ') || null},
          h('td', {}, this.#name(bid)), h('td', {class: 'num soft'}, when(bid.acceptedAt)),
          h('td', {class: 'right num'}, formatMoney(bid.price)))))));
  }

  #name(bid) {
    if (bid.you || bid.bidder === this.#userId) return t('history.you');
    // The seller is shown whole ids; the last signs are enough to tell bidders apart.
    return bid.bidder.startsWith('usr_') ? `…${bid.bidder.slice(-6)}` : bid.bidder;
  }
}

function when(instant) {
  return serverNow() - Date.parse(instant) < 12 * 3_600_000 ? formatClock(instant) : formatDate(instant);
}

function stairs(bids) {
  const prices = bids.map(bid => number(bid.price)).reverse();
  const low = Math.min(...prices);
  const span = Math.max(1, Math.max(...prices) - low);
  const y = price => (94 - ((price - low) / span) * 86).toFixed(1);
  const width = 100 / prices.length;
  const line = prices.map((price, index) => `${index ? 'V' : 'M0 '}${y(price)}H${((index + 1) * width).toFixed(2)}`).join('');
  return h('svg', {class: 'stairs', viewBox: '0 0 100 100', preserveAspectRatio: 'none', 'aria-hidden': 'true'},
    h('path', {class: 'under', d: `${line}V100H0Z`}), h('path', {d: line}));
}
