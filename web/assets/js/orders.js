// What pages know of orders: how they are called, how they stand, what they are about.

import {h} from './dom.js';
import {has, t} from './i18n.js';
import {get} from './api.js';
import {formatMoney} from './money.js';
import {picture} from './lot.js';
import {formatDate} from './time.js';

export const CARRIERS = ['epost', 'cj-logistics', 'hanjin', 'lotte', 'logen', 'gs-postbox', 'cu-post'];

const TAGS = {'awaiting-payment': 'tag amber', paid: 'tag', shipped: 'tag', delivered: 'tag', disputed: 'tag red', decided: 'tag',
  completed: 'tag', refunded: 'tag grey', cancelled: 'tag grey'};

export function orderPath(orderId) {
  return `/order.html?id=${encodeURIComponent(orderId)}`;
}

/** The order of whoever won an auction; who gets a second chance has another. */
export function firstOrder(auctionId) {
  return auctionId.replace(/^auc_/, 'ord_');
}

export function statusTag(status) {
  return h('span', {class: TAGS[status] ?? 'tag grey'}, t(`order.status.${status}`));
}

export function carrierName(carrier) {
  return has(`carrier.${carrier}`) ? t(`carrier.${carrier}`) : carrier;
}

const lots = new Map();

/** What an order is about, asked once for a page; something without a name when it cannot be had. */
export function lotOf(order) {
  if (!lots.has(order.auctionId)) {
    lots.set(order.auctionId, get(`/v1/auctions/${encodeURIComponent(order.auctionId)}`, {anonymous: true})
      .catch(() => ({auctionId: order.auctionId, title: t('order.thing')})));
  }
  return lots.get(order.auctionId);
}

/** A row of a list of orders. */
export function orderLine(order, lot) {
  return h('li', {class: 'line', data: {order: order.orderId}},
    h('div', {class: 'card-picture'}, picture(lot)),
    h('div', {class: 'line-body'},
      h('p', {}, h('a', {href: orderPath(order.orderId)}, lot.title)),
      h('p', {class: 'spread'}, h('strong', {class: 'num'}, formatMoney(order.price)),
        order.dueAt && h('span', {class: 'left num'}, t(`order.due.${order.status}`, {at: formatDate(order.dueAt)}))),
      h('p', {class: 'row small'}, statusTag(order.status))));
}
