// Selling in one go: the thing, the price, the time. First the product is made, then its auction is opened; the auction
// learns of the product by an event, so it may need a moment and is asked again.

import {$, $$, fill, h, icon, say} from '../dom.js';
import {t} from '../i18n.js';
import {pause, post, Problem} from '../api.js';
import {sentence} from '../problems.js';
import {frame, requireSignIn, setTitle} from '../page.js';
import {formatMoney, groupWhileTyping, readAmount, won} from '../money.js';
import {categories, nameOf} from '../categories.js';
import {pictureField} from '../picture-field.js';

const PRESETS = ['standard', 'quick-close', 'hard-close', 'open-outcry'];
const CONDITIONS = ['new', 'like-new', 'good', 'fair', 'for-parts'];
const DURATIONS = ['PT5M', 'PT1H', 'PT6H', 'P1D', 'P3D', 'P7D'];
const MOST_PICTURES = 12;
const TRIES = 20;

frame();
setTitle(t('sell.title'));

const form = $('#form');
const pictures = pictureField(MOST_PICTURES);
const field = (name, input, {hint, label = t(`member.${name}`)} = {}) => {
  const describedBy = [hint && `${name}-hint`, `${name}-wrong`].filter(Boolean).join(' ');
  (input.matches('input, select, textarea') ? input : $('input', input)).setAttribute('aria-describedby', describedBy);
  return h('div', {class: 'field', data: {member: name}},
    h('label', {for: name}, label), input,
    hint && h('p', {class: 'hint', id: `${name}-hint`}, hint),
    h('p', {class: 'wrong', id: `${name}-wrong`}));
};
const amount = name => {
  const input = h('input', {id: name, name, inputmode: 'numeric', autocomplete: 'off'});
  groupWhileTyping(input);
  return h('div', {class: 'amount'}, input, h('span', {class: 'unit', 'aria-hidden': 'true'}, t('unit.won')));
};
const choice = (name, value, text, hint, checked) => h('label', {class: 'choice'},
  h('input', {type: 'radio', name, value, checked}), h('strong', {}, text), hint && h('span', {class: 'hint'}, hint));

function build(tree) {
  const options = tree.map(top => h('optgroup', {label: nameOf(top)},
    (top.children?.length ? top.children : [top]).map(leaf => h('option', {value: leaf.id}, nameOf(leaf)))));
  fill(form,
    h('section', {class: 'form-part', 'aria-labelledby': 'part-thing'},
      h('h2', {id: 'part-thing'}, t('sell.thing')),
      field('title', h('input', {id: 'title', name: 'title', maxlength: 100, autocomplete: 'off'}), {hint: t('sell.titleHint')}),
      tree.length > 0 && field('category', h('select', {id: 'category', name: 'category'}, h('option', {value: ''}, t('sell.choose')), options)),
      h('fieldset', {class: 'stack-tight', data: {member: 'condition'}}, h('legend', {class: 'label'}, t('member.condition')),
        h('div', {class: 'choices across'}, CONDITIONS.map((value, index) =>
          choice('condition', value, t(`condition.${value}`), t(`condition.${value}.hint`), index === 2)))),
      field('description', h('textarea', {id: 'description', name: 'description', maxlength: 4_000, rows: 6}), {hint: t('sell.descriptionHint')}),
      h('fieldset', {class: 'stack-tight', data: {member: 'pictures'}},
        h('legend', {class: 'label'}, t('member.pictures')),
        h('p', {class: 'hint', id: 'pictures-hint'}, t('sell.picturesHint', {n: MOST_PICTURES})),
        pictures.element)),
    h('section', {class: 'form-part', 'aria-labelledby': 'part-price'},
      h('h2', {id: 'part-price'}, t('sell.price')),
      field('startPrice', amount('startPrice'), {hint: t('sell.startPriceHint')}),
      h('div', {class: 'two'},
        field('reserve', amount('reserve'), {hint: t('sell.reserveHint'), label: t('sell.optional', {what: t('member.reserve')})}),
        field('buyNow', amount('buyNow'), {hint: t('sell.buyNowHint'), label: t('sell.optional', {what: t('member.buyNow')})}))),
    h('section', {class: 'form-part', 'aria-labelledby': 'part-rules'},
      h('h2', {id: 'part-rules'}, t('sell.rules')),
      h('fieldset', {class: 'stack-tight', data: {member: 'preset'}}, h('legend', {class: 'label'}, t('member.preset')),
        h('div', {class: 'choices'}, PRESETS.map((value, index) => choice('preset', value, t(`preset.${value}`), t(`preset.${value}.hint`), index === 0)))),
      h('fieldset', {class: 'stack-tight', data: {member: 'duration'}}, h('legend', {class: 'label'}, t('member.duration')),
        h('div', {class: 'choices across'}, DURATIONS.map((value, index) => choice('duration', value, t(`duration.${value}`), null, index === 4))))),
    h('section', {class: 'form-part'},
      h('div', {class: 'notice', id: 'progress', role: 'status'}),
      h('div', {class: 'notice bad', id: 'problem', role: 'alert'}),
      h('button', {class: 'button wide', id: 'open'}, icon('hammer'), t('sell.open')),
      h('p', {class: 'hint'}, t('sell.binding'))));
}

// ---- what was filled in

function wrong(member, text) {
  const place = $(`[data-member="${member}"]`);
  const told = $('.wrong', place ?? form);
  if (told) say(told, text);
  const input = $('input, select, textarea', place ?? form);
  input?.setAttribute('aria-invalid', String(text !== ''));
  return input;
}

function read() {
  const data = new FormData(form);
  const text = name => String(data.get(name) ?? '').trim();
  const problems = [];
  const money = (name, required) => {
    const value = readAmount(text(name));
    if ((text(name) && (value === null || value <= 0)) || (required && value === null)) problems.push([name, t('form.amount')]);
    return value;
  };
  const thing = {
    title: text('title'), description: text('description'), category: text('category') || undefined,
    condition: text('condition'), pictures: pictures.keys(),
  };
  if (!thing.title) problems.push(['title', t('form.title')]);
  if ($('#category') && !thing.category) problems.push(['category', t('form.category')]);
  const [start, reserve, buyNow] = [money('startPrice', true), money('reserve'), money('buyNow')];
  if (reserve !== null && start !== null && reserve < start) problems.push(['reserve', t('problem.member.reserve')]);
  if (buyNow !== null && start !== null && buyNow * 10 < start * 13) problems.push(['buyNow', t('form.buyNow', {amount: formatMoney(won(Math.ceil(start * 1.3)))})]);
  else if (buyNow !== null && reserve !== null && buyNow < reserve) problems.push(['buyNow', t('form.buyNowReserve')]);
  const terms = {
    preset: text('preset'), startPrice: won(start), duration: text('duration'),
    ...(reserve === null ? {} : {reserve: won(reserve)}), ...(buyNow === null ? {} : {buyNow: won(buyNow)}),
  };
  return {thing, terms, problems};
}

// ---- sending

// What was made already is not made again when somebody corrects the rest and sends it once more.
let made = null;
const keys = new Map();

/** The same request has the same key, however often the button is pressed. */
function keyFor(what) {
  const text = JSON.stringify(what);
  if (!keys.has(text)) keys.set(text, crypto.randomUUID());
  return keys.get(text);
}

async function persistent(path, body, tell) {
  for (let attempt = 0; ; attempt++) {
    try {
      return await post(path, body, {key: keyFor([path, body])});
    } catch (problem) {
      const notKnownYet = ['product-unknown', 'auction-product-unknown', 'product-picture-unknown'].includes(problem.type);
      if (!(problem instanceof Problem) || !(problem.unknown || notKnownYet) || attempt + 1 >= TRIES) throw problem;
      say($('#progress'), tell(notKnownYet));
      if (notKnownYet) keys.delete(JSON.stringify([path, body]));
      await pause(attempt, notKnownYet ? 1_500 : 6_000);
    }
  }
}

async function product(thing) {
  const text = JSON.stringify(thing);
  if (made?.text === text) return made.productId;
  say($('#progress'), t('sell.makingProduct'));
  const {productId} = await persistent('/v1/products', thing, () => t('sell.again'));
  made = {text, productId};
  return productId;
}

async function sell({thing, terms}) {
  // A catalog that is not installed has no categories either: then the auction carries the description itself.
  const subject = thing.category
    ? {productId: await product(thing)}
    : {title: thing.title, ...(thing.description ? {description: thing.description} : {})};
  say($('#progress'), t('sell.opening'));
  return persistent('/v1/auctions', {...subject, ...terms}, notKnownYet => t(notKnownYet ? 'sell.waitingForProduct' : 'sell.again'));
}

form.addEventListener('submit', async event => {
  event.preventDefault();
  $$('.field .wrong, fieldset .wrong', form).forEach(place => say(place, ''));
  $$('[aria-invalid]', form).forEach(input => input.setAttribute('aria-invalid', 'false'));
  say($('#problem'), '');
  const {problems, ...filled} = read();
  if (problems.length > 0) {
    const inputs = problems.map(([member, text]) => wrong(member, text));
    say($('#problem'), t('form.correct', {n: problems.length}));
    inputs[0]?.focus();
    return;
  }
  $('#open').disabled = true;
  try {
    if (pictures.count('sending') + pictures.count('waiting') > 0) say($('#progress'), t('pictures.waiting'));
    await pictures.settled();
    if (pictures.count('refused') > 0) {
      wrong('pictures', t('pictures.someRefused'))?.focus();
      say($('#progress'), '');
      say($('#problem'), t('form.correct', {n: 1}));
      $('#open').disabled = false;
      return;
    }
    filled.thing.pictures = pictures.keys();
    const auction = await sell(filled);
    location.href = `/auction.html?id=${encodeURIComponent(auction.auctionId)}`;
  } catch (problem) {
    say($('#progress'), '');
    say($('#problem'), sentence(problem));
    const {member} = problem.members ?? {};
    if (member) wrong(member, sentence(problem))?.focus();
    $('#open').disabled = false;
  }
});

if (requireSignIn()) build(await categories());
