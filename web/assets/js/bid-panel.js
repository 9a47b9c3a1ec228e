// The box where one bids: price, clock, how I stand, the next minimum, and what came of a bid. It never says that a bid
// was accepted before the server did.

import {$, fill, h, icon, say} from './dom.js';
import {t} from './i18n.js';
import {formatMoney, grouped, groupWhileTyping, number, quickSteps, readAmount, won} from './money.js';
import {serverNow, formatClock, formatDate, formatLeft, millisUntil} from './time.js';
import {phase} from './auction-state.js';
import {flash, isSoon, leftText, shareLeft} from './lot.js';
import {placeBid} from './bid.js';
import {sentence} from './problems.js';
import {announce, signInPath} from './page.js';
import {session} from './session.js';
import {firstOrder, orderPath} from './orders.js';
import {Problem} from './api.js';

const SIGNS = {leading: 'check', won: 'check', sold: 'check', outbid: 'alert', lost: 'clock', seller: 'hammer', scheduled: 'clock',
  unsold: 'clock', cancelled: 'alert', ended: 'clock'};

export class BidPanel {
  #jump;
  #state;
  #standing;
  #me;
  #sending = false;
  #shape = '';
  #auctionId;
  #bidden;
  #stale;

  constructor(root, jump, {auctionId, bidden, stale}) {
    this.root = root;
    this.#jump = jump;
    this.#auctionId = auctionId;
    this.#bidden = bidden;
    this.#stale = stale;
    this.#build();
  }

  #build() {
    this.price = h('p', {class: 'price num', id: 'price'});
    this.left = h('p', {class: 'left num', id: 'left'});
    this.ends = h('p', {class: 'small soft'});
    this.bar = h('span', {});
    this.facts = h('p', {class: 'panel-facts'});
    this.standing = h('div', {class: 'standing', id: 'standing', hidden: true});
    this.extension = h('p', {class: 'extension', id: 'extension', hidden: true}, icon('clock'), h('span', {}));
    this.action = h('div', {class: 'bid', id: 'bid'});
    this.result = h('div', {class: 'notice', id: 'bid-result', role: 'status'});
    fill(this.root,
      h('div', {class: 'panel-top'},
        h('div', {}, h('p', {class: 'label'}, this.priceLabel = h('span', {})), this.price),
        h('div', {class: 'clock'}, h('p', {class: 'label'}, this.leftLabel = h('span', {})), this.left)),
      h('div', {class: 'stack-tight'}, h('div', {class: 'drain', 'aria-hidden': 'true'}, this.bar), this.ends),
      this.extension, this.standing, this.facts, this.action, this.result);
    this.jumpPrice = h('span', {class: 'num'});
    this.jumpLeft = h('span', {class: 'left num'});
    fill(this.#jump, h('div', {class: 'stack-tight'}, this.jumpPrice, this.jumpLeft),
      h('a', {class: 'button slim', href: '#bid', on: {click: event => {
        event.preventDefault();
        this.root.scrollIntoView({block: 'start'});
        $('input', this.action)?.focus({preventScroll: true});
      }}}, t('bid.jump')));
    new IntersectionObserver(([entry]) => {
      this.away = !entry.isIntersecting;
      this.#showJump();
    }).observe(this.action);
  }

  #showJump() {
    this.#jump.hidden = !(this.away && this.#state && phase(this.#state, serverNow()) === 'open' && this.#standing !== 'seller');
    document.body.classList.toggle('has-jump', !this.#jump.hidden);
  }

  show(state, me, standing) {
    const dearer = this.#state && this.#state.price?.amount !== state.price?.amount;
    this.#state = state;
    this.#me = me;
    this.#standing = standing;
    const now = phase(state, serverNow());
    say(this.price, formatMoney(state.price));
    say(this.jumpPrice, formatMoney(state.price));
    if (dearer) flash(this.price);
    const sold = state.status === 'closed' && state.result === 'sold';
    say(this.priceLabel, t(sold ? 'auction.soldFor' : state.bidCount > 0 ? 'auction.price' : 'auction.startPrice'));
    this.#facts(state, now);
    this.#stand(state, me, standing, now);
    this.#act(state, standing, now);
    if (now !== 'open') this.extension.hidden = true;
    this.tick();
  }

  #facts(state, now) {
    const facts = [t('bids.count', {n: state.bidCount})];
    if (now === 'open' && state.viewers > 1) facts.push(t('auction.viewers', {n: state.viewers}));
    if (state.hasReserve) facts.push(t(state.reserveMet ? 'auction.reserveMet' : 'auction.reserveNotMet'));
    // Replaced only when something differs: a list that is rebuilt all the time cannot be read or selected.
    if (this.facts.dataset.told === facts.join('|')) return;
    this.facts.dataset.told = facts.join('|');
    fill(this.facts, facts.map(text => h('span', {}, text)));
  }

  #stand(state, me, standing, now) {
    const amounts = {amount: formatMoney(state.price), maximum: formatMoney(me.maximum ?? undefined),
      minimum: formatMoney(state.minimumBid), at: formatDate(state.startsAt), reason: state.reason ?? ''};
    let kind = standing;
    if (state.status === 'cancelled') kind = 'cancelled';
    else if (now === 'scheduled') kind = standing === 'seller' ? 'seller' : 'scheduled';
    else if (now === 'ended') kind = 'ended';
    else if (now === 'closed' && standing === 'seller') kind = state.result === 'sold' ? 'sold' : 'unsold';
    else if (now === 'closed' && standing === 'none') kind = state.result === 'sold' ? 'gone' : 'unsold';
    this.standing.hidden = kind === 'none';
    if (kind === 'none') return;
    let detail = t(`standing.${kind}.detail`, amounts);
    if (kind === 'leading' && me.maximum && number(me.maximum) > number(state.price)) detail = t('standing.leading.maximum', amounts);
    if (kind === 'leading' && state.hasReserve && !state.reserveMet) detail += ` ${t('standing.leading.reserve')}`;
    if (kind === 'unsold' && state.result === 'reserve-not-met') detail = t('standing.unsold.reserve');
    if (this.standing.dataset.told === kind + detail) return;
    this.standing.dataset.told = kind + detail;
    this.standing.className = `standing ${kind}`;
    this.standing.dataset.standing = kind;
    fill(this.standing, icon(SIGNS[kind] ?? 'clock'), h('strong', {}, t(`standing.${kind}`)), h('p', {class: 'num'}, detail));
  }

  /** The form is built once for each shape, so that what somebody types survives every price that comes in. */
  #act(state, standing, now) {
    const open = now === 'open' && standing !== 'seller';
    const shape = !open ? `none-${now}-${standing}` : session.signedIn ? `form-${state.preset}` : 'sign-in';
    if (shape !== this.#shape) {
      this.#shape = shape;
      if (!open) fill(this.action, this.#closing(now, standing));
      else if (!session.signedIn) fill(this.action, h('a', {class: 'button wide', href: signInPath()}, t('bid.signIn')),
        h('p', {class: 'hint'}, t('bid.signInHint')));
      else this.#form(state);
    }
    this.action.hidden = !this.action.hasChildNodes();
    if (open && session.signedIn) this.#fit(state, standing);
    this.#showJump();
  }

  #closing(now, standing) {
    if (now === 'closed' && (standing === 'won' || (standing === 'seller' && this.#state.result === 'sold'))) {
      return [h('a', {class: 'button wide', href: orderPath(firstOrder(this.#auctionId)), id: 'to-order'},
        t(standing === 'won' ? 'order.toPay' : 'order.toOrder'))];
    }
    return ['closed', 'cancelled', 'ended'].includes(now) && standing !== 'seller'
      ? [h('a', {class: 'button quiet wide', href: '/'}, t('bid.others'))]
      : [];
  }

  #form(state) {
    const proxy = state.preset !== 'open-outcry';
    this.input = h('input', {id: 'amount', name: 'amount', inputmode: 'numeric', autocomplete: 'off', 'aria-describedby': 'minimum bid-hint bid-wrong'});
    groupWhileTyping(this.input);
    this.input.addEventListener('input', () => this.#label());
    this.minimum = h('p', {class: 'hint num', id: 'minimum'});
    this.steps = h('div', {class: 'steps', role: 'group', 'aria-label': t('bid.steps')});
    this.wrong = h('p', {class: 'wrong', id: 'bid-wrong', role: 'alert'});
    this.submit = h('button', {class: 'button wide', id: 'place-bid'}, t('bid.place'));
    this.buy = h('button', {class: 'button quiet wide', type: 'button', id: 'buy-now', on: {click: () => this.#confirmPurchase()}});
    this.buyPart = h('div', {class: 'bid', hidden: true}, h('p', {class: 'or'}, t('bid.or')), this.buy);
    const form = h('form', {class: 'bid', novalidate: true, on: {submit: event => { event.preventDefault(); this.#place(); }}},
      h('div', {class: 'field'},
        h('label', {for: 'amount'}, t(proxy ? 'bid.maximum' : 'bid.amount')),
        h('div', {class: 'amount'}, this.input, h('span', {class: 'unit', 'aria-hidden': 'true'}, t('unit.won'))),
        this.minimum, this.wrong),
      this.steps, this.submit,
      h('p', {class: 'hint', id: 'bid-hint'}, proxy ? [icon('lock'), ' ', t('bid.proxyHint')] : t('bid.outcryHint')));
    fill(this.action, form, this.buyPart);
  }

  #fit(state, standing) {
    const least = number(state.minimumBid);
    const raising = standing === 'leading' && this.#me.maximum && state.preset !== 'open-outcry';
    const floor = raising ? Math.max(least, number(this.#me.maximum) + 1) : least;
    say(this.minimum, t(raising ? 'bid.raiseFrom' : 'bid.from', {amount: formatMoney(won(floor))}));
    // A won above one's own maximum is no amount anybody would pick.
    const steps = quickSteps(floor).filter(step => !raising || step > floor);
    if (this.steps.dataset.steps !== steps.join()) {
      this.steps.dataset.steps = steps.join();
      fill(this.steps, steps.map(step => h('button', {type: 'button', class: 'num', on: {click: () => {
        this.input.value = grouped(step);
        this.#wrong('');
        this.#label();
      }}}, grouped(step))));
    }
    this.buyPart.hidden = !state.buyNow;
    if (state.buyNow) say(this.buy, t('bid.buyNow', {amount: formatMoney(state.buyNow)}));
    this.#label();
  }

  #label() {
    if (this.#sending) return;
    const amount = readAmount(this.input.value);
    const proxy = this.#state.preset !== 'open-outcry';
    say(this.submit, amount ? t(proxy ? 'bid.placeUpTo' : 'bid.placeAmount', {amount: formatMoney(won(amount))}) : t('bid.place'));
  }

  #wrong(text) {
    say(this.wrong, text);
    this.input.setAttribute('aria-invalid', String(text !== ''));
  }

  #place() {
    const amount = readAmount(this.input.value);
    const least = number(this.#state.minimumBid);
    if (amount === null) {
      this.#wrong(t('bid.unreadable'));
      this.input.focus();
    } else if (amount < least) {
      this.#wrong(t('problem.bid-too-low', {minimum: formatMoney(this.#state.minimumBid)}));
      this.input.focus();
    } else {
      this.#wrong('');
      this.#send({maximum: won(amount)});
    }
  }

  async #send(body) {
    if (this.#sending) return;
    this.#sending = true;
    this.submit.disabled = true;
    this.buy.disabled = true;
    say(this.submit, t('bid.sending'));
    this.#tell('', '');
    try {
      const receipt = await placeBid(this.#auctionId, body, () => this.#tell('warn', t('bid.askingAgain')));
      this.input.value = '';
      const values = {price: formatMoney(receipt.price), minimum: formatMoney(receipt.minimumBid), maximum: formatMoney(receipt.yourMaximum)};
      this.#tell(receipt.outcome === 'outbid' ? 'bad' : '', t(`bid.outcome.${receipt.outcome}`, values));
      this.#bidden(receipt);
    } catch (problem) {
      await this.#refused(problem, body);
    } finally {
      this.#sending = false;
      this.submit.disabled = false;
      this.buy.disabled = false;
      this.#label();
    }
  }

  async #refused(problem, body) {
    if (!(problem instanceof Problem)) throw problem;
    if (problem.unknown) {
      this.#tell('warn', t('bid.unknown'), h('button', {class: 'button quiet slim', type: 'button', on: {click: () => this.#send(body)}}, t('bid.askAgain')));
      return;
    }
    if (problem.status === 401) {
      this.#tell('bad', t('problem.unauthenticated'), h('a', {class: 'button quiet slim', href: signInPath()}, t('nav.signIn')));
      return;
    }
    this.#tell('bad', sentence(problem));
    if (problem.members.minimum) this.input.focus();
    await this.#stale();
  }

  #tell(kind, text, ...more) {
    this.result.className = `notice ${kind}`;
    fill(this.result, text && h('p', {}, text), more);
  }

  #confirmPurchase() {
    const price = this.#state.buyNow;
    if (!price) return;
    const dialog = h('dialog', {'aria-labelledby': 'buy-title'},
      h('form', {method: 'dialog'},
        h('h2', {id: 'buy-title'}, t('buy.title', {amount: formatMoney(price)})),
        h('p', {}, t('buy.detail', {title: this.#state.title})),
        h('div', {class: 'row'},
          h('button', {class: 'button', value: 'yes'}, t('buy.yes')),
          h('button', {class: 'button quiet', value: 'no'}, t('cancel')))));
    dialog.addEventListener('close', () => {
      dialog.remove();
      this.buy.focus();
      if (dialog.returnValue === 'yes') this.#send({buyNow: price});
    });
    document.body.append(dialog);
    dialog.showModal();
  }

  showExtension() {
    this.extension.hidden = false;
    say($('span', this.extension), t('auction.extendedTo', {at: formatClock(this.#state.endsAt)}));
  }

  tick() {
    const state = this.#state;
    if (!state) return;
    const now = serverNow();
    const is = phase(state, now);
    const open = is === 'open';
    say(this.leftLabel, t(open ? 'auction.left' : is === 'scheduled' ? 'auction.startsIn' : 'auction.ended'));
    say(this.left, is === 'scheduled' ? formatLeft(millisUntil(state.startsAt)) : open ? leftText(state, now) : is === 'ended' ? '00:00' : leftText(state, now));
    say(this.jumpLeft, leftText(state, now));
    say(this.ends, open || is === 'scheduled' ? t('auction.endsAt', {at: formatDate(state.endsAt)}) : t('auction.endedAt', {at: formatDate(state.endedAt ?? state.endsAt)}));
    this.bar.style.transform = `scaleX(${open ? shareLeft(state, now) : is === 'scheduled' ? 1 : 0})`;
    document.body.classList.toggle('soon', isSoon(state, now));
    const was = this.was;
    this.was = is;
    if (was !== undefined && was !== is) {
      this.show(state, this.#me, this.#standing);
      if (is === 'ended') announce(t('auction.timeOver'), {urgent: true});
    }
  }
}
