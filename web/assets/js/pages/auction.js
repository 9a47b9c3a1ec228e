// One auction: what it is, what it costs now, how long it runs, and the box to bid in.

import {$, fill, h, say} from '../dom.js';
import {t} from '../i18n.js';
import {get, Problem} from '../api.js';
import {sentence} from '../problems.js';
import {announce, frame, setTitle, toast} from '../page.js';
import {session} from '../session.js';
import {formatMoney} from '../money.js';
import {live} from '../live.js';
import {after, fromView, phase, standing} from '../auction-state.js';
import {everyTick, formatDate, millisUntil, serverNow, spokenLeft} from '../time.js';
import {picture, stamp} from '../lot.js';
import {picturePath} from '../pictures.js';
import {nameOf, pathTo} from '../categories.js';
import {BidPanel} from '../bid-panel.js';
import {BidHistory} from '../bid-history.js';
import {sellerTools} from '../seller-tools.js';

frame();

const auctionId = new URLSearchParams(location.search).get('id') ?? '';
const path = `/v1/auctions/${encodeURIComponent(auctionId)}`;
const me = {userId: session.userId, leads: false, hasBid: false, won: false, maximum: null, masks: new Set(), bidNumbers: new Set()};

let state = null;
let product = null;
let panel;
let history;

// ---- what is known

function takeView(view) {
  // An answer that was on its way while the feed went on is older than what is shown.
  if (state?.sequence !== undefined && view.sequence !== undefined && view.sequence < state.sequence) return;
  state = fromView(view, state ?? {});
  me.leads = view.youLead;
  if (view.youLead) {
    me.hasBid = true;
    me.maximum = view.yourMaximum;
  }
  me.won = Boolean(me.userId) && view.winner === me.userId;
}

async function load() {
  const view = await get(path);
  takeView(view);
  return view;
}

async function loadHistory() {
  const page = await get(`${path}/bids?limit=30`);
  if (page.bids.some(bid => bid.you)) me.hasBid = true;
  history.replace(page, me.userId);
}

let refreshing = 0;

/** Asks the API how things stand for me: the feed speaks to everybody alike. Many news make one question. */
function askMine() {
  if (!session.signedIn || refreshing) return;
  refreshing = setTimeout(async () => {
    refreshing = 0;
    const before = mine();
    await load().catch(() => {});
    show(before);
  }, 120 + Math.random() * 200);
}

function mine() {
  return state ? standing(state, me) : 'none';
}

// ---- news

function heard(message) {
  if (!state) return;
  const before = mine();
  switch (message.type) {
    case 'leading':
    case 'outbid':
      me.hasBid = true;
      if (message.sequence < (state.sequence ?? 0)) {
        askMine();
        break;
      }
      me.leads = message.type === 'leading';
      // It may come before the bids it speaks of; they bring the sequence.
      state = {...state, price: message.price ?? state.price, minimumBid: message.minimumBid ?? state.minimumBid};
      break;
    case 'won':
      me.won = true;
      break;
    case 'bids':
      state = after(state, message);
      for (const bid of message.bids) if (me.bidNumbers.has(bid.number)) me.masks.add(bid.bidder);
      if (me.masks.size > 0) me.leads = me.masks.has(message.leader);
      history.add(message.bids.map(bid => ({...bid, you: me.masks.has(bid.bidder)})));
      if (me.hasBid || mine() === 'seller') askMine();
      break;
    case 'closed':
      state = after(state, message);
      if (message.winner && me.masks.has(message.winner)) me.won = true;
      askMine();
      break;
    case 'revised':
      state = after(state, message);
      loadProduct();
      break;
    case 'snapshot':
      state = after(state, message);
      loadHistory().catch(() => {});
      askMine();
      break;
    default:
      state = after(state, message);
  }
  show(before);
}

let shownEnd = null;

/** Whichever way the later end became known: by the feed, an answer to a bid or a question. */
function noticeExtension() {
  const end = Date.parse(state.endsAt);
  if (shownEnd !== null && end > shownEnd && phase(state, serverNow()) === 'open') {
    panel.showExtension();
    announce(t('auction.extendedTo', {at: formatDate(state.endsAt)}));
  }
  shownEnd = end;
}

/** Shows all, and says what changed for whoever looks on. */
function show(before) {
  if (!state) return;
  const now = mine();
  panel.show(state, me, now);
  noticeExtension();
  frameSeal();
  if (state.productRevisedAt) {
    const note = $('#revised');
    note.hidden = false;
    say(note, t('auction.revised', {at: formatDate(state.productRevisedAt)}));
  }
  if (before === undefined || before === now) return;
  const amount = formatMoney(state.price);
  if (now === 'outbid') toast(t('news.outbid', {amount: formatMoney(state.minimumBid ?? state.price)}), {kind: 'outbid', urgent: true});
  if (now === 'leading' && before === 'outbid') toast(t('news.leading', {amount}), {kind: 'leading'});
  if (now === 'won') toast(t('news.won', {amount}), {kind: 'won', urgent: true});
  if (now === 'lost') toast(t('news.lost'), {urgent: true});
}

// A price that moves is read at most every few seconds: a busy auction must not drown out everything else.
let readPrice = '';
let readAt = 0;
function readAloud() {
  if (!state || document.visibilityState !== 'visible') return;
  const text = t('auction.priceNow', {amount: formatMoney(state.price), n: state.bidCount});
  if (text !== readPrice && Date.now() - readAt > 4_000) {
    if (readPrice) announce(text);
    readPrice = text;
    readAt = Date.now();
  }
}

const WARNINGS = [5 * 60_000, 60_000, 10_000];
let lastLeft = Infinity;
function warn() {
  if (!state || phase(state, serverNow()) !== 'open') return;
  const left = millisUntil(state.endsAt);
  if (WARNINGS.some(limit => lastLeft > limit && left <= limit) && lastLeft !== Infinity) {
    announce(t('auction.endsIn', {left: spokenLeft(left)}));
  }
  lastLeft = left;
}

// The clock runs out before the result is told: it is asked for until it is there.
let asking = false;
async function settle() {
  if (!state || asking || phase(state, serverNow()) !== 'ended') return;
  asking = true;
  await new Promise(done => setTimeout(done, 2_500 + Math.random() * 1_000));
  if (phase(state, serverNow()) === 'ended') {
    const before = mine();
    await load().catch(() => {});
    show(before);
  }
  asking = false;
}

// ---- the parts that change rarely

function frameSeal() {
  const main = $('#gallery');
  $('.stamp', main)?.remove();
  const seal = stamp(state);
  if (seal) main.append(seal);
}

function showGallery() {
  const pictures = state.pictures ?? [];
  let chosen = 0;
  const shown = () => {
    const image = picture(state, {index: chosen, eager: true, sizes: '(min-width: 60rem) 40rem, 100vw'});
    if (image.tagName === 'IMG') image.alt = t('auction.picture', {title: state.title, n: chosen + 1, of: pictures.length});
    fill($('#gallery'), image);
    frameSeal();
  };
  shown();
  $('#thumbs').hidden = pictures.length < 2;
  fill($('#thumbs'), pictures.map((key, index) => h('button', {
    type: 'button', 'aria-pressed': String(index === 0), 'aria-label': t('auction.showPicture', {n: index + 1}),
    on: {click: event => {
      chosen = index;
      for (const other of $('#thumbs').children) other.setAttribute('aria-pressed', String(other === event.currentTarget));
      shown();
    }},
  }, h('img', {src: picturePath(key, 'thumb'), alt: '', loading: 'lazy', width: 72, height: 54}))));
}

function showAbout(seller) {
  say($('#lot-title'), state.title);
  setTitle(state.title);
  say($('#description'), product?.description ?? state.description ?? '');
  if (!$('#description').textContent) say($('#description'), t('auction.noDescription'));
  const fact = (name, value) => value ? [h('dt', {}, t(name)), h('dd', {class: 'num'}, value)] : [];
  fill($('#facts'),
    fact('auction.seller', seller),
    fact('auction.condition', product?.condition && t(`condition.${product.condition}`)),
    fact('auction.startPrice', formatMoney(state.startPrice)),
    fact('auction.rules', t(`preset.${state.preset}`)),
    fact('auction.started', formatDate(state.startsAt)),
    fact('auction.number', state.auctionId));
}

async function showCrumbs() {
  if (!state.category) return;
  const way = await pathTo(state.category);
  if (way.length === 0) return;
  $('#crumbs').hidden = false;
  fill($('#crumbs'), way.flatMap((node, index) => [
    index > 0 ? ' › ' : '', h('a', {href: `/?category=${encodeURIComponent(node.id)}`}, nameOf(node))]));
}

let seller = '';
async function loadProduct() {
  if (!state.productId) return;
  product = await get(`/v1/products/${encodeURIComponent(state.productId)}`, {anonymous: true}).catch(() => product);
  showAbout(seller);
}

async function loadSeller() {
  const profile = await get(`/v1/users/${encodeURIComponent(state.sellerId)}`, {anonymous: true}).catch(() => null);
  seller = profile?.displayName ?? '';
  showAbout(seller);
}

// ---- start

async function start() {
  try {
    await load();
  } catch (problem) {
    $('#waiting').hidden = true;
    say($('#problem'), problem instanceof Problem ? sentence(problem) : String(problem));
    if (problem.unknown) setTimeout(() => location.reload(), 5_000);
    return;
  }
  panel = new BidPanel($('#panel'), $('#jump'), {
    auctionId,
    bidden(receipt) {
      const before = mine();
      me.hasBid = true;
      me.bidNumbers.add(receipt.bidNumber);
      const alias = history.claim(receipt.bidNumber);
      if (alias) me.masks.add(alias);
      me.leads = receipt.outcome !== 'outbid';
      me.maximum = receipt.outcome === 'outbid' ? null : receipt.yourMaximum;
      if (receipt.outcome === 'won') me.won = true;
      state = {...state, price: receipt.price, minimumBid: receipt.minimumBid, reserveMet: receipt.reserveMet, endsAt: receipt.endsAt,
        bidCount: Math.max(state.bidCount, receipt.bidNumber),
        buyNow: state.hasReserve && !receipt.reserveMet ? state.buyNow : undefined};
      show(undefined);
      if (before !== mine() || live.state === 'polling') loadHistory().catch(() => {});
      askMine();
    },
    async stale() {
      await load().catch(() => {});
      show();
    },
  });
  history = new BidHistory($('#history'), $('#older'), path);
  $('#waiting').hidden = true;
  $('#lot').hidden = false;
  showGallery();
  showAbout('');
  show();
  fill($('#seller-tools'), sellerTools(state, me, view => { takeView(view); show(); }));
  showCrumbs();
  loadSeller();
  loadProduct();
  await loadHistory().catch(() => {});
  show();
  live.watch(auctionId, {
    on: heard,
    poll: async () => {
      if (state.status === 'closed' || state.status === 'cancelled') return;
      const before = mine();
      const known = state.bidCount;
      await load().catch(() => {});
      if (known !== state.bidCount) await loadHistory().catch(() => {});
      show(before);
    },
    sse: true,
    lastSeq: state.sequence,
  });
  everyTick(() => { panel.tick(); readAloud(); warn(); settle(); });
  session.onChange(() => location.reload());
}

start();
