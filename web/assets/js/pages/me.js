// Everything somebody has at stake: bids that run, bids that are over, things on sale.

import {$, fill, h, say} from '../dom.js';
import {t} from '../i18n.js';
import {get, query} from '../api.js';
import {sentence} from '../problems.js';
import {frame, requireSignIn, setTitle} from '../page.js';
import {session} from '../session.js';
import {formatMoney} from '../money.js';
import {live} from '../live.js';
import {line} from '../lot.js';
import {lotOf, orderLine} from '../orders.js';

const MOST_WATCHED = 40;
const TAGS = {leading: 'tag', outbid: 'tag red', won: 'tag', lost: 'tag grey', lead: 'tag', sold: 'tag', unsold: 'tag grey',
  'reserve-not-met': 'tag amber', cancelled: 'tag grey', scheduled: 'tag amber', open: 'tag', ended: 'tag amber'};

frame();
setTitle(t('me.title'));

let ticking = [];
const watching = new Map();

function empty(text, href, label) {
  return h('li', {class: 'soft'}, text, ' ', href && h('a', {href}, label));
}

function tag(kind) {
  return h('span', {class: TAGS[kind] ?? 'tag grey'}, t(`standing.tag.${kind}`));
}

function bidLine({auction, standing}) {
  const label = h('p', {class: 'row small'}, tag(standing),
    auction.yourMaximum && h('span', {class: 'soft num'}, t('me.maximum', {amount: formatMoney(auction.yourMaximum)})));
  return line(auction, label);
}

function saleLine(auction) {
  const kind = auction.status === 'closed' ? auction.result : auction.status;
  return line(auction, h('p', {class: 'row small'}, tag(kind), h('span', {class: 'soft num'}, t('bids.count', {n: auction.bidCount}))));
}

function list(place, lines, none) {
  ticking.push(...lines.map(made => made.stop));
  fill($(place), lines.length ? lines.map(made => made.element) : none);
}

function watch(auctions) {
  for (const {auctionId, sequence} of auctions.slice(0, MOST_WATCHED)) {
    if (watching.has(auctionId)) continue;
    watching.set(auctionId, live.watch(auctionId, {
      on: message => { if (!['viewers', 'snapshot', 'resumed'].includes(message.type)) soon(); },
      poll: soon,
      lastSeq: sequence,
    }));
  }
}

async function orders(role, place, none) {
  const {orders: found} = await get(`/v1/users/me/orders${query({role, limit: 20})}`);
  const lots = await Promise.all(found.map(lotOf));
  fill($(place), found.length ? found.map((order, index) => orderLine(order, lots[index])) : empty(t(none)));
}

let due = 0;

/** Many things can happen at once; the lists are asked for once. */
function soon() {
  due ||= setTimeout(() => { due = 0; load(); }, 400 + Math.random() * 600);
}

async function load() {
  try {
    const [{auctions: bids}, {auctions: sales}] = await Promise.all([
      get('/v1/users/me/bidding?limit=100'),
      get(`/v1/auctions${query({seller: session.userId, limit: 100})}`),
    ]);
    say($('#problem'), '');
    ticking.forEach(stop => stop());
    ticking = [];
    const running = bids.filter(({standing}) => standing === 'leading' || standing === 'outbid');
    // Whoever was outbid wants to know first.
    running.sort((a, b) => (b.standing === 'outbid') - (a.standing === 'outbid') || Date.parse(a.auction.endsAt) - Date.parse(b.auction.endsAt));
    const over = bids.filter(bid => !running.includes(bid));
    list('#bidding', running.map(bidLine), empty(t('me.noBids'), '/', t('me.browse')));
    list('#ended', over.map(bidLine), empty(t('me.noEnded')));
    list('#selling', sales.map(saleLine), empty(t('me.noSales'), '/sell.html', t('me.sell')));
    await Promise.all([orders('buyer', '#buying', 'me.noBuying'), orders('seller', '#sold', 'me.noSold')]);
    watch([...running.map(({auction}) => auction), ...sales.filter(sale => sale.status === 'open')]);
  } catch (problem) {
    say($('#problem'), sentence(problem));
  }
}

if (requireSignIn()) {
  load();
  live.mine({on: soon, poll: soon});
}
