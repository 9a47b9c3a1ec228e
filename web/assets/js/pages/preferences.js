// How somebody wants to be told: by which channels, when, in which language, and where.

import {$, fill, h, say} from '../dom.js';
import {t} from '../i18n.js';
import {get, post, put} from '../api.js';
import {sentence} from '../problems.js';
import {frame, requireSignIn, setTitle, toast} from '../page.js';
import {formatClock} from '../time.js';
import {isOn, NoPush, supported, turnOff, turnOn} from '../push.js';

const PATH = '/v1/users/me/notification-preferences';
const CHANNELS = ['email', 'sms', 'push'];
const NIGHT = {from: '22:00', to: '08:00'};

frame();
setTitle(t('preferences.title'));

let zone;

function show(preferences) {
  zone = preferences.zone;
  $('#language').value = preferences.language;
  const quiet = preferences.quietHours;
  $('#quiet').checked = quiet !== undefined;
  $('#hours').hidden = quiet === undefined;
  ({from: $('#from').value, to: $('#to').value} = quiet ?? NIGHT);
  say($('#quiet-hint'), t('preferences.quietHint', {zone}));
  showWishes(preferences.channels);
  showPhone(preferences.phone);
}

function showWishes(wishes) {
  const tick = (kind, channel) => h('td', {}, h('label', {}, h('input', {type: 'checkbox', checked: wishes[kind][channel],
    data: {kind, channel}, 'aria-labelledby': `kind-${kind} channel-${channel}`})));
  fill($('#wishes'),
    h('thead', {}, h('tr', {}, h('th', {scope: 'col'}, t('preferences.kind')),
      CHANNELS.map(channel => h('th', {scope: 'col', id: `channel-${channel}`}, t(`channel.${channel}`))))),
    h('tbody', {}, Object.keys(wishes).map(kind => h('tr', {}, h('th', {scope: 'row', id: `kind-${kind}`}, t(`kind.${kind}`)),
      CHANNELS.map(channel => tick(kind, channel))))));
}

function wished() {
  const wishes = {};
  for (const {checked, dataset: {kind, channel}} of $('#wishes').querySelectorAll('input')) {
    (wishes[kind] ??= {})[channel] = checked;
  }
  return wishes;
}

function showPhone(phone) {
  // +82 10… is how the market keeps what people in Korea write as 010-….
  const written = phone?.replace(/^\+82(10)(\d{4})(\d{4})$/, '0$1-$2-$3');
  say($('#phone-now'), written ? t('phone.confirmed', {phone: written}) : t('phone.none'));
}

/** Sends a form once at a time and says beside it what went wrong. */
function onSubmit(selector, send) {
  const form = $(selector);
  const button = $('.button', form);
  form.addEventListener('submit', async event => {
    event.preventDefault();
    if (button.getAttribute('aria-disabled') === 'true') return;
    button.setAttribute('aria-disabled', 'true');
    say($('.wrong', form), '');
    try {
      await send();
    } catch (problem) {
      say($('.wrong', form), sentence(problem));
    } finally {
      button.removeAttribute('aria-disabled');
    }
  });
}

$('#quiet').addEventListener('change', ({target}) => { $('#hours').hidden = !target.checked; });

onSubmit('#form', async () => {
  const quietHours = $('#quiet').checked ? {from: $('#from').value, to: $('#to').value} : undefined;
  show(await put(PATH, {language: $('#language').value, zone, quietHours, channels: wished()}));
  toast(t('preferences.saved'));
});

onSubmit('#phone-form', async () => {
  const {expiresAt} = await post('/v1/users/me/phone', {phone: $('#phone').value});
  $('#code-form').hidden = false;
  say($('#code-hint'), t('phone.sent', {at: formatClock(expiresAt)}));
  $('#code').value = '';
  $('#code').focus();
});

onSubmit('#code-form', async () => {
  const {phone} = await post('/v1/users/me/phone/confirm', {code: $('#code').value.trim()});
  showPhone(phone);
  $('#code-form').hidden = true;
  $('#phone').value = '';
  toast(t('phone.done'));
});

$('#push').addEventListener('change', async ({target}) => {
  const wanted = target.checked;
  target.disabled = true;
  say($('#push-wrong'), '');
  try {
    await (wanted ? turnOn() : turnOff());
    toast(t(wanted ? 'push.on' : 'push.off'));
  } catch (problem) {
    say($('#push-wrong'), problem instanceof NoPush ? t(`push.${problem.message}`) : sentence(problem));
  }
  target.disabled = false;
  target.checked = await isOn();
  target.focus();
});

async function load() {
  try {
    const [preferences, pushed] = await Promise.all([get(PATH), isOn()]);
    show(preferences);
    $('#push').checked = pushed;
    $('#push').disabled = !supported;
    if (!supported) say($('#push-wrong'), t('push.unsupported'));
    $('#preferences').hidden = false;
  } catch (problem) {
    say($('#problem'), sentence(problem));
  }
  $('#waiting').hidden = true;
}

if (requireSignIn()) load();
