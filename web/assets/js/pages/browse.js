// The first page: what is open, ending soonest first, with prices that move.

import {$, fill, h, icon, say} from '../dom.js';
import {t} from '../i18n.js';
import {get, query} from '../api.js';
import {sentence} from '../problems.js';
import {frame, setTitle} from '../page.js';
import {groupWhileTyping, grouped, readAmount} from '../money.js';
import {live} from '../live.js';
import {after, fromView, phase} from '../auction-state.js';
import {everyTick, serverNow} from '../time.js';
import {card} from '../lot.js';
import {categories, nameOf, pathTo} from '../categories.js';

const PAGE = 24;
const MOST_WATCHED = 40;

frame();
setTitle('');

const asked = new URLSearchParams(location.search);
const wanted = {
  category: asked.get('category'),
  sort: asked.get('sort') === 'newest' ? 'newest' : 'ending',
  priceFrom: asked.get('priceFrom'),
  priceTo: asked.get('priceTo'),
};
const shown = new Map(); // auction → {card, stopWatching}
let cursor;
let feature = null;

function here(changes) {
  const next = {...wanted, ...changes};
  return `/${query({...next, sort: next.sort === 'ending' ? null : next.sort})}`;
}

function listPath(extra = {}) {
  return `/v1/auctions${query({
    category: wanted.category, sort: wanted.sort === 'newest' ? 'newest' : null,
    priceFrom: wanted.priceFrom, priceTo: wanted.priceTo, limit: PAGE, ...extra,
  })}`;
}

// ---- watching: only what is on the screen, so that one page never asks for more than it shows

const seen = new IntersectionObserver(entries => {
  for (const {target, isIntersecting} of entries) {
    const entry = shown.get(target.dataset.auction);
    if (!entry) continue;
    if (isIntersecting && !entry.stopWatching && watched() < MOST_WATCHED) watch(target.dataset.auction, entry);
    if (!isIntersecting && entry.stopWatching) {
      entry.stopWatching();
      entry.stopWatching = null;
    }
  }
}, {rootMargin: '120px'});

function watched() {
  return [...shown.values()].filter(entry => entry.stopWatching).length;
}

function watch(auction, entry) {
  entry.stopWatching = live.watch(auction, {
    on: message => entry.card.update(after(entry.card.lot, message)),
    poll: refresh,
    lastSeq: entry.card.lot.sequence,
  });
}

let refreshing = false;

/** Asks for the list again and shows what has moved; the last resort where nothing is told by itself. */
async function refresh() {
  if (refreshing) return;
  refreshing = true;
  try {
    const {auctions} = await get(listPath({limit: Math.min(100, Math.max(PAGE, shown.size))}), {anonymous: true});
    for (const lot of auctions) {
      const entry = shown.get(lot.auctionId);
      if (entry) entry.card.update(fromView(lot, entry.card.lot));
    }
  } catch {
    // The next one may succeed; what is shown is still right about the past.
  } finally {
    refreshing = false;
  }
}

function show(lot) {
  if (shown.has(lot.auctionId)) return;
  const state = fromView(lot);
  const first = !feature && wanted.sort === 'ending' && shown.size === 0 && phase(state, serverNow()) === 'open';
  const made = first
    ? card(state, {kind: 'feature', eager: true, kicker: t('browse.next')})
    : card(state, {eager: shown.size < 8});
  shown.set(lot.auctionId, {card: made, stopWatching: null});
  if (first) {
    feature = made;
    fill($('#feature'), made.element);
  } else {
    $('#cards').append(made.element);
  }
  seen.observe(made.element);
}

async function load() {
  $('#more').disabled = true;
  try {
    const page = await get(listPath({cursor}), {anonymous: true});
    say($('#notice'), '');
    // The index may be a moment behind: what is over already is not offered.
    page.auctions.filter(lot => ['open', 'scheduled'].includes(phase(lot, serverNow()))).forEach(show);
    cursor = page.cursor;
    $('#more').hidden = !cursor;
    if (shown.size === 0) {
      fill($('#empty'), h('div', {class: 'empty'},
        h('img', {src: '/pictures/demo/chair.svg', alt: '', width: 112, height: 84}),
        h('p', {}, t(wanted.category || wanted.priceFrom || wanted.priceTo ? 'browse.noneHere' : 'browse.none')),
        h('a', {class: 'button', href: '/sell.html'}, t('browse.sellFirst'))));
    }
  } catch (problem) {
    say($('#notice'), sentence(problem));
    $('#more').hidden = false;
  } finally {
    $('#more').disabled = false;
  }
}

// ---- filters

function sorts() {
  fill($('#sort'), ['ending', 'newest'].map(sort =>
    h('a', {href: here({sort}), 'aria-current': wanted.sort === sort ? 'true' : null}, t(`sort.${sort}`))));
}

function branch(nodes, open) {
  return h('ul', {}, nodes.map(node => h('li', {},
    h('a', {href: here({category: node.id}), 'aria-current': wanted.category === node.id ? 'true' : null}, nameOf(node)),
    node.children?.length && open.includes(node.id) ? branch(node.children, open) : null)));
}

async function tree() {
  const all = await categories();
  if (all.length === 0) return;
  const path = wanted.category ? await pathTo(wanted.category) : [];
  fill($('#tree'),
    h('p', {class: 'label'}, t('browse.categories')),
    h('ul', {}, h('li', {}, h('a', {href: here({category: null}), 'aria-current': wanted.category ? null : 'true'}, t('browse.all')))),
    branch(all, path.map(node => node.id)));
  $('#tree').hidden = false;
  const last = path.at(-1);
  if (last) {
    say($('#list-title'), nameOf(last));
    setTitle(nameOf(last));
  }
  chosen(last);
}

function chosen(category) {
  const chips = [];
  const off = (text, changes) => h('a', {class: 'chip', href: here(changes), 'aria-label': t('browse.without', {what: text})}, text, ' ', icon('close'));
  if (category) chips.push(off(nameOf(category), {category: null}));
  if (wanted.priceFrom || wanted.priceTo) {
    const bound = value => value ? grouped(Number(value)) : '';
    chips.push(off(`${bound(wanted.priceFrom)} – ${bound(wanted.priceTo)}`, {priceFrom: null, priceTo: null}));
  }
  fill($('#chosen'), chips).hidden = chips.length === 0;
}

function prices() {
  for (const id of ['price-from', 'price-to']) groupWhileTyping($(`#${id}`));
  if (wanted.priceFrom) $('#price-from').value = grouped(Number(wanted.priceFrom));
  if (wanted.priceTo) $('#price-to').value = grouped(Number(wanted.priceTo));
  $('#price-form').addEventListener('submit', event => {
    event.preventDefault();
    const [from, to] = ['#price-from', '#price-to'].map(id => ({text: $(id).value.trim(), amount: readAmount($(id).value)}));
    const unreadable = [from, to].some(({text, amount}) => text && amount === null);
    if (unreadable || (from.amount !== null && to.amount !== null && from.amount > to.amount)) {
      say($('#price-wrong'), t(unreadable ? 'browse.priceUnreadable' : 'browse.priceUpsideDown'));
      return;
    }
    location.href = here({priceFrom: from.amount, priceTo: to.amount});
  });
}

// The feature is whatever ends next: once it is over, the first that is still open takes its place on the next load.
everyTick(() => {
  if (feature && phase(feature.lot, serverNow()) !== 'open' && !feature.replaced) {
    feature.replaced = true;
    say($('.feature-kicker', feature.element), t('browse.fallen'));
  }
});

// On wide screens the filters have a column of their own and are always open.
$('#filters summary').append(icon('down'));
const wide = matchMedia('(min-width: 60rem)');
const unfold = () => { $('#filters').open = wide.matches || Boolean(wanted.category); };
wide.addEventListener('change', unfold);
unfold();

sorts();
prices();
chosen(null);
tree();
$('#more').addEventListener('click', load);
load();
