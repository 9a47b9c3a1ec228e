// What sellers can do with an auction of theirs: take it back, as long as they may.

import {$, h, say} from './dom.js';
import {t} from './i18n.js';
import {post} from './api.js';
import {sentence} from './problems.js';
import {toast} from './page.js';

/** A button that opens a dialog, or nothing for those who do not sell here. `done` is given the new view. */
export function sellerTools(state, me, done) {
  if (!me.userId || me.userId !== state.sellerId || !['open', 'scheduled'].includes(state.status)) return [];
  const button = h('button', {type: 'button', class: 'button danger slim', on: {click: () => ask()}}, t('cancelAuction.open'));
  const ask = () => {
    const key = crypto.randomUUID();
    const dialog = h('dialog', {'aria-labelledby': 'cancel-title'},
      h('form', {novalidate: true, on: {submit: async event => {
        event.preventDefault();
        const reason = $('textarea', dialog).value.trim();
        if (!reason) {
          say($('.wrong', dialog), t('cancelAuction.reasonMissing'));
          return;
        }
        try {
          const view = await post(`/v1/auctions/${encodeURIComponent(state.auctionId)}/cancel`, {reason}, {key});
          dialog.close();
          button.remove();
          toast(t('cancelAuction.done'));
          done(view);
        } catch (problem) {
          say($('.wrong', dialog), sentence(problem));
        }
      }}},
        h('h2', {id: 'cancel-title'}, t('cancelAuction.title')),
        h('p', {class: 'soft'}, t('cancelAuction.detail')),
        h('div', {class: 'field'}, h('label', {for: 'reason'}, t('member.reason')), h('textarea', {id: 'reason', maxlength: 500})),
        h('p', {class: 'wrong', role: 'alert'}),
        h('div', {class: 'row'},
          h('button', {class: 'button danger'}, t('cancelAuction.yes')),
          h('button', {type: 'button', class: 'button quiet', on: {click: () => dialog.close()}}, t('close')))));
    dialog.addEventListener('close', () => { dialog.remove(); button.focus(); });
    document.body.append(dialog);
    dialog.showModal();
  };
  return [button];
}
