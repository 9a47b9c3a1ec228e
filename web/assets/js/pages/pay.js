// Paying: what is due, the way to the payment gateway's page, and what came of it. It never says that something was paid
// before the server did.

import {$, h, fill, say} from '../dom.js';
import {t} from '../i18n.js';
import {get, pause, post} from '../api.js';
import {sentence} from '../problems.js';
import {frame, requireSignIn, setTitle} from '../page.js';
import {formatMoney} from '../money.js';
import {formatDate} from '../time.js';
import {picture} from '../lot.js';
import {lotOf, orderPath} from '../orders.js';

const search = new URLSearchParams(location.search);
const id = search.get('order') ?? '';
const path = `/v1/orders/${encodeURIComponent(id)}`;
const ASKED = 8;

frame();
setTitle(t('pay.title'));

async function load() {
  try {
    const [order, payment] = await Promise.all([get(path), due()]);
    const lot = await lotOf(order);
    fill($('#thing'), h('div', {class: 'card-picture'}, picture(lot, {eager: true})),
      h('div', {class: 'line-body'}, h('p', {}, lot.title), h('p', {}, h('strong', {class: 'num', id: 'amount'}, formatMoney(payment.amount)))));
    $('#waiting').hidden = true;
    $('#bill').hidden = false;
    if (search.has('paymentKey')) await confirm();
    else offer(payment);
  } catch (problem) {
    $('#waiting').hidden = true;
    say($('#problem'), sentence(problem));
  }
}

/** The payment is known a moment after the order. */
async function due() {
  for (let attempt = 0; ; attempt++) {
    try {
      return await get(`${path}/payment`);
    } catch (problem) {
      if (problem.status !== 404 || attempt === ASKED) throw problem;
      await pause(attempt, 2_000);
    }
  }
}

function offer(payment) {
  if (payment.status !== 'due') {
    say($('#state'), t(`payment.${payment.status}`));
    fill($('#actions'), back('button wide'));
    return;
  }
  if (search.has('failed')) say($('#problem'), t('pay.left'));
  say($('#state'), t('pay.by', {at: formatDate(payment.payBy)}));
  const button = h('button', {type: 'button', class: 'button wide', id: 'pay', on: {click: async () => {
    button.disabled = true;
    say($('#problem'), '');
    try {
      const {url} = await post(`${path}/payment/checkout`, {});
      location.assign(url);
    } catch (problem) {
      button.disabled = false;
      say($('#problem'), sentence(problem));
    }
  }}}, t('order.pay', {price: formatMoney(payment.amount)}));
  fill($('#actions'), button, h('p', {class: 'hint'}, t('pay.escrow')), back('button quiet wide'));
}

function back(kind) {
  return h('a', {class: kind, id: 'back', href: orderPath(id)}, t('pay.back'));
}

/** The key stays the same however often it is asked, so that the money moves once. */
async function confirm() {
  const body = {paymentKey: search.get('paymentKey'), amount: {amount: search.get('amount'), currency: 'KRW'}};
  const key = `confirm-${body.paymentKey}`;
  say($('#state'), t('pay.confirming'));
  for (let attempt = 0; ; attempt++) {
    try {
      const {status} = await post(`${path}/payment/confirm`, body, {key});
      history.replaceState(null, '', `/pay.html?order=${encodeURIComponent(id)}`);
      say($('#state'), t(status === 'confirming' ? 'order.confirming' : 'pay.done'));
      $('#state').classList.toggle('warn', status === 'confirming');
      fill($('#actions'), back('button wide'));
      return;
    } catch (problem) {
      if (problem.unknown && attempt < ASKED) {
        await pause(attempt);
        continue;
      }
      say($('#problem'), sentence(problem));
      history.replaceState(null, '', `/pay.html?order=${encodeURIComponent(id)}`);
      search.delete('paymentKey');
      offer(await due());
      return;
    }
  }
}

if (requireSignIn()) load();
