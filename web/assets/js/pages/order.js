// One order from both sides: how it stands, what is to be done next, what has happened so far.

import {$, fill, h, icon, say} from '../dom.js';
import {t} from '../i18n.js';
import {get, post} from '../api.js';
import {sentence} from '../problems.js';
import {announce, frame, requireSignIn, setTitle, toast} from '../page.js';
import {session} from '../session.js';
import {live} from '../live.js';
import {formatMoney, groupWhileTyping, number, readAmount, won} from '../money.js';
import {formatDate} from '../time.js';
import {auctionPath, picture} from '../lot.js';
import {CARRIERS, carrierName, lotOf, statusTag} from '../orders.js';

const id = new URLSearchParams(location.search).get('id') ?? '';
const path = `/v1/orders/${encodeURIComponent(id)}`;
const SIGNS = {'awaiting-payment': 'clock', disputed: 'alert', cancelled: 'alert', refunded: 'check', completed: 'check'};
const YOUNG = 20; // How often, a second apart, an order that is not there yet is asked for.

frame();
setTitle(t('order.title'));

let order;
let shape = '';
let missed = 0;

const role = () => order.buyerId === session.userId ? 'buyer' : order.sellerId === session.userId ? 'seller' : 'operator';

async function load() {
  try {
    order = await get(path);
    const [lot, payment, shipment] = await Promise.all([lotOf(order), get(`${path}/payment`).catch(() => null),
      order.parcel ? get(`${path}/shipment`).catch(() => null) : null]);
    missed = 0;
    say($('#problem'), '');
    show(lot, payment, shipment?.parcels ?? []);
  } catch (problem) {
    // The order is made a moment after the hammer has fallen.
    if (problem.status === 404 && ++missed < YOUNG) {
      say($('#waiting p'), t('order.young'));
      setTimeout(load, 1_000);
      return;
    }
    $('#waiting').hidden = true;
    say($('#problem'), sentence(problem));
  }
}

function show(lot, payment, parcels) {
  $('#waiting').hidden = true;
  $('#order').hidden = false;
  setTitle(lot.title);
  fill($('#thing'), h('div', {class: 'card-picture'}, picture(lot, {eager: true})),
    h('div', {class: 'line-body'},
      h('p', {}, h('a', {href: auctionPath(order)}, lot.title)),
      h('p', {class: 'spread'}, h('strong', {class: 'num', id: 'price'}, formatMoney(order.price)), statusTag(order.status)),
      order.offer > 1 && h('p', {class: 'small soft'}, t('order.secondChance'))));
  const side = role();
  const values = {at: order.dueAt ? formatDate(order.dueAt) : '', price: formatMoney(order.price), reason: order.dispute ?? '',
    toBuyer: formatMoney(order.decision?.toBuyer), toSeller: formatMoney(order.decision?.toSeller),
    credited: formatMoney(payment?.credited ?? order.decision?.toSeller)};
  const standingOf = order.status === 'disputed' && order.returnedAt ? 'returned' : order.status;
  const key = side === 'operator' && order.status !== 'disputed' ? 'order.operator.other' : `order.${side}.${standingOf}`;
  const title = t(key, values);
  const detail = order.status === 'awaiting-payment' && payment?.status === 'confirming' ? t('order.confirming') : t(`${key}.detail`, values);
  const standing = $('#standing');
  if (standing.dataset.told !== title + detail) {
    if (standing.dataset.told) announce(title);
    standing.dataset.told = title + detail;
    fill(standing, icon(SIGNS[order.status] ?? 'check'), h('strong', {}, title), h('p', {}, detail));
  }
  // What somebody types survives everything that happens meanwhile, as long as it can still be sent.
  const sentBack = parcels.some(parcel => parcel.direction === 'return');
  const next = `${side}-${order.status}-${payment?.status ?? ''}-${sentBack}`;
  if (next !== shape) {
    shape = next;
    fill($('#actions'), actions(side, payment, sentBack));
  }
  fill($('#timeline'), order.history.map(({status, at}) => h('li', {data: {status}},
    h('strong', {}, t(`order.status.${status}`)), h('span', {class: 'soft small num'}, formatDate(at)))));
  $('#parcel-part').hidden = !order.parcel;
  if (order.parcel) fill($('#parcel'), facts({carrier: carrierName(order.parcel.carrier), trackingNumber: order.parcel.trackingNumber}));
  fill($('#tracking'), parcels.map(parcel => parcel.passed.map(({stage, at, place}) => h('li', {data: {stage, direction: parcel.direction}},
    h('strong', {}, parcel.direction === 'return' ? t('parcel.back', {stage: t(`parcel.${stage}`)}) : t(`parcel.${stage}`)),
    h('span', {class: 'soft small num'}, [formatDate(at), place].filter(Boolean).join(' · '))))));
  fill($('#money'), facts({
    price: formatMoney(order.price),
    payment: payment && t(`payment.${payment.status}`),
    refunded: payment?.refunded && number(payment.refunded) > 0 && formatMoney(payment.refunded),
    fee: payment?.fee && formatMoney(payment.fee),
    credited: payment?.credited && formatMoney(payment.credited),
    payout: payment?.payout && payment.payout !== 'none' && t(`payout.${payment.payout}`),
    orderId: order.orderId,
  }));
}

function facts(values) {
  return Object.entries(values).filter(([, value]) => value).map(([name, value]) =>
    [h('dt', {}, t(`order.fact.${name}`)), h('dd', {class: 'num', data: {fact: name}}, value)]);
}

function actions(side, payment, sentBack) {
  if (side === 'operator') return order.status === 'disputed' ? [resolve()] : [];
  if (side === 'buyer') {
    switch (order.status) {
      case 'awaiting-payment': return payment?.status === 'confirming' ? [] : [
        h('a', {class: 'button wide', id: 'pay', href: `/pay.html?order=${encodeURIComponent(id)}`}, t('order.pay', {price: formatMoney(order.price)})),
        step('cancel', 'cancel', {quiet: true})];
      case 'shipped': return [step('delivery', 'delivered', {quiet: true}), step('confirm', 'confirm'), dispute()];
      case 'delivered': return [step('confirm', 'confirm'), dispute()];
      case 'disputed': return [!sentBack && sendBack(), step('confirm', 'confirm', {quiet: true})];
      default: return [];
    }
  }
  switch (order.status) {
    case 'awaiting-payment': return [step('cancel', 'cancel', {quiet: true})];
    case 'paid': return [ship(), step('cancel', 'cancelPaid', {quiet: true})];
    default: return [];
  }
}

/** One request whose key stays the same until there is an answer, so that it is done once. */
function sender(way) {
  let key = crypto.randomUUID();
  return async body => {
    try {
      const answer = await post(`${path}/${way}`, body, {key});
      key = crypto.randomUUID();
      return answer;
    } catch (problem) {
      if (!problem.unknown) key = crypto.randomUUID();
      throw problem;
    }
  };
}

/** A button that asks whether it is meant, because none of these can be taken back. */
function step(way, name, {quiet = false} = {}) {
  const send = sender(way);
  const button = h('button', {type: 'button', class: quiet ? 'button quiet wide' : 'button wide', id: name, on: {click: () => ask()}}, t(`order.do.${name}`));
  const ask = () => {
    const dialog = h('dialog', {'aria-labelledby': 'ask-title'},
      h('form', {novalidate: true, on: {submit: async event => {
        event.preventDefault();
        try {
          await send({});
          dialog.close();
          toast(t(`order.done.${name}`));
          load();
        } catch (problem) {
          say($('.wrong', dialog), sentence(problem));
        }
      }}},
        h('h2', {id: 'ask-title'}, t(`order.ask.${name}`)),
        h('p', {class: 'soft'}, t(`order.ask.${name}.detail`, {price: formatMoney(order.price)})),
        h('p', {class: 'wrong', role: 'alert'}),
        h('div', {class: 'row'}, h('button', {class: 'button', id: 'yes'}, t(`order.do.${name}`)),
          h('button', {type: 'button', class: 'button quiet', on: {click: () => dialog.close()}}, t('close')))));
    dialog.addEventListener('close', () => { dialog.remove(); if (button.isConnected) button.focus(); });
    document.body.append(dialog);
    dialog.showModal();
  };
  return button;
}

/** A form that sends what `read` makes of it; `read` says a problem by throwing a text. */
function form(name, way, fields, read) {
  const send = sender(way);
  const wrong = h('p', {class: 'wrong', role: 'alert'});
  return h('form', {class: 'form sheet', id: `${name}-form`, novalidate: true, on: {submit: async event => {
    event.preventDefault();
    say(wrong, '');
    try {
      await send(read());
      toast(t(`order.done.${name}`));
      load();
    } catch (problem) {
      say(wrong, typeof problem === 'string' ? problem : sentence(problem));
    }
  }}},
    h('h2', {}, t(`order.${name}.title`)), h('p', {class: 'soft'}, t(`order.${name}.lead`)), fields, wrong,
    h('button', {class: name === 'dispute' ? 'button danger' : 'button', id: name}, t(`order.do.${name}`)));
}

function field(name, input, hint) {
  input.id = name;
  return h('div', {class: 'field'}, h('label', {for: name}, t(`order.fact.${name}`)), input, hint && h('p', {class: 'hint'}, t(hint)));
}

const ship = () => parcelForm('ship', 'shipment');
const sendBack = () => parcelForm('return', 'return');

function parcelForm(name, way) {
  const carrier = h('select', {}, CARRIERS.map(one => h('option', {value: one}, carrierName(one))));
  const trackingNumber = h('input', {autocomplete: 'off', inputmode: 'numeric', maxlength: 40});
  return form(name, way, [field('carrier', carrier), field('trackingNumber', trackingNumber, 'order.trackingHint')], () => {
    const typed = trackingNumber.value.normalize('NFKC').replace(/\s/g, '');
    if (!/^[0-9A-Za-z-]{1,40}$/.test(typed)) throw t('order.trackingWrong');
    return {carrier: carrier.value, trackingNumber: typed};
  });
}

function dispute() {
  const reason = h('textarea', {maxlength: 500});
  const box = h('details', {class: 'trouble'}, h('summary', {}, t('order.trouble')), form('dispute', 'dispute', field('reason', reason), () => {
    const typed = reason.value.trim();
    if (!typed) throw t('problem.member.reason');
    return {reason: typed};
  }));
  return box;
}

function resolve() {
  const amount = h('input', {inputmode: 'numeric', autocomplete: 'off'});
  groupWhileTyping(amount);
  return form('resolve', 'dispute/resolve', field('toBuyer', amount, 'order.resolveHint'), () => {
    const typed = readAmount(amount.value);
    if (typed === null || typed > number(order.price)) throw t('order.resolveWrong', {price: formatMoney(order.price)});
    return {toBuyer: won(typed)};
  });
}

if (requireSignIn()) {
  load();
  live.mine({on: message => { if (message.order === id) load(); }, poll: () => { if (order) load(); }});
}
