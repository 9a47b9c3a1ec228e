// How the platform is doing, asked every two seconds; rates are the difference of two answers.

import {$, fill, h, say} from '../dom.js';
import {t} from '../i18n.js';
import {get, post, query} from '../api.js';
import {sentence} from '../problems.js';
import {frame, setTitle, signInPath, toast} from '../page.js';
import {session} from '../session.js';
import {formatClock, formatDate} from '../time.js';
import {grouped} from '../money.js';
import {lotOf, orderLine} from '../orders.js';

const EVERY = 2_000;

frame();
setTitle(t('op.title'));

let last = null;

/** Events a second since the answer before, or null before there is one and after a restart. */
function rate(now, before, seconds) {
  return before === undefined || before === null || now < before ? null : (now - before) / seconds;
}

function shownRate(value) {
  return value === null ? '–' : value >= 100 ? grouped(Math.round(value)) : value.toFixed(1);
}

function gauge(name, value, unit) {
  return h('div', {class: 'gauge'}, h('dt', {}, t(name)), h('dd', {}, value, unit && h('small', {}, ` ${unit}`)));
}

function states(place, all) {
  const names = Object.entries(all).sort(([a, x], [b, y]) => (x === 'up') - (y === 'up') || a.localeCompare(b));
  fill($(place), names.map(([name, state]) => h('li', {class: state === 'up' ? 'state' : 'state down'}, name,
    state === 'up' ? h('span', {class: 'unseen'}, t('op.up')) : ` ${t('op.down')}`)));
}

function table(place, heads, rows, none) {
  if (rows.length === 0) {
    fill($(place), h('tbody', {}, h('tr', {}, h('td', {class: 'soft'}, t(none)))));
    return;
  }
  fill($(place),
    h('thead', {}, h('tr', {}, heads.map(head => h('th', {scope: 'col'}, t(head))))),
    h('tbody', {}, rows.map(([name, ...cells]) => h('tr', {}, h('th', {scope: 'row'}, name),
      cells.map(cell => h('td', {class: cell?.alert ? 'alert' : null}, cell?.text ?? cell))))));
}

const alarming = value => ({text: grouped(value), alert: value > 0});

function show(status, at) {
  const seconds = last ? (at - last.at) / 1000 : 1;
  const before = last?.status.broker;
  const up = all => `${Object.values(all).filter(state => state === 'up').length}/${Object.keys(all).length}`;
  const broker = status.broker;
  const triggers = broker?.triggers ?? [];
  const was = name => before?.triggers.find(({trigger}) => trigger === name);
  const sum = name => triggers.reduce((total, trigger) => total + trigger[name], 0);
  const total = name => before ? before.triggers.reduce((sumBefore, trigger) => sumBefore + trigger[name], 0) : undefined;
  fill($('#gauges'),
    gauge('op.health', t(status.ready ? 'op.ready' : 'op.notReady')),
    gauge('op.functions', up(status.functions), t('op.unitUp')),
    gauge('op.accepted', shownRate(rate(broker?.ingress.accepted ?? 0, before?.ingress.accepted, seconds)), t('op.perSecond')),
    gauge('op.delivered', shownRate(rate(sum('delivered'), total('delivered'), seconds)), t('op.perSecond')),
    gauge('op.lag', grouped(sum('lag'))),
    gauge('op.deadLettered', grouped(sum('deadLettered'))),
    gauge('op.restarts', grouped(status.restarts)));
  table('#triggers', ['op.trigger', 'op.rate', 'op.deliveredAll', 'op.retried', 'op.deadLettered', 'op.dropped', 'op.inFlight', 'op.lag'],
    triggers.map(trigger => [trigger.trigger,
      shownRate(rate(trigger.delivered, was(trigger.trigger)?.delivered, seconds)), grouped(trigger.delivered), grouped(trigger.retried),
      alarming(trigger.deadLettered), alarming(trigger.dropped), grouped(trigger.inFlight), grouped(trigger.lag)]), 'op.noTriggers');
  table('#pings', ['op.schedule', 'op.sent', 'op.lost'],
    (broker?.pings ?? []).map(ping => [ping.pingSource, grouped(ping.sent), alarming(ping.lost)]), 'op.noPings');
  states('#functions', status.functions);
  states('#backends', {...status.backends, ...Object.fromEntries(Object.keys(status.processes).map(name => [`${name} (JVM)`, 'up']))});
  last = {status, at};
}

async function ask() {
  try {
    show(await get('/status', {anonymous: true}), performance.now());
    say($('#problem'), '');
    say($('#asked'), t('op.asked', {at: formatClock(new Date().toISOString())}));
  } catch (problem) {
    say($('#problem'), t('op.noStatus', {why: sentence(problem)}));
  }
  setTimeout(ask, EVERY);
}

// ---- dead letters

let cursor;

function letter(one) {
  let key = crypto.randomUUID(); // Kept until there is an answer: a lost answer is asked for again.
  const state = h('span', {class: one.state === 'redelivered' ? 'tag' : 'tag red'}, t(`op.letter.${one.state}`));
  const button = h('button', {type: 'button', class: 'button quiet slim', on: {click: async () => {
    button.disabled = true;
    try {
      await post(`/v1/operations/dead-letters/${encodeURIComponent(one.id)}/redeliver`, {}, {key});
      key = crypto.randomUUID();
      say(state, t('op.letter.redelivered'));
      state.className = 'tag';
      toast(t('op.redelivered'));
    } catch (problem) {
      toast(sentence(problem), {kind: 'outbid', urgent: true});
    } finally {
      button.disabled = false;
    }
  }}}, t('op.redeliver'));
  const data = one.dataEncoding === 'base64' ? one.data : typeof one.data === 'string' ? one.data : JSON.stringify(one.data, null, 2);
  return h('article', {class: 'letter', 'aria-label': one.type},
    h('div', {class: 'spread'}, h('h3', {class: 'mono'}, one.type), state),
    h('p', {class: 'small soft'}, `${one.subject ?? ''} · ${formatDate(one.keptAt ?? one.time)}`),
    h('p', {}, h('strong', {}, t('op.reason')), ' ', one.code ? `${one.code} ` : '', one.reason ?? t('op.noReason')),
    h('p', {class: 'small soft'}, t('op.destination'), ' ', h('code', {}, one.destination ?? '')),
    h('details', {}, h('summary', {}, t('op.data')), h('pre', {tabindex: 0}, h('code', {}, data ?? ''))),
    h('div', {}, button));
}

async function letters() {
  if (!session.signedIn) {
    fill($('#letters'), h('p', {class: 'soft'}, t('op.signIn'), ' ', h('a', {href: signInPath()}, t('nav.signIn'))));
    return;
  }
  if (!session.roles.includes('operator')) {
    fill($('#letters'), h('p', {class: 'soft'}, t('op.operatorsOnly')));
    return;
  }
  try {
    const page = await get(`/v1/operations/dead-letters${query({limit: 20, cursor})}`);
    if (!cursor) $('#letters').replaceChildren();
    $('#letters').append(...page.deadLetters.map(letter));
    if (!$('#letters').hasChildNodes()) fill($('#letters'), h('p', {class: 'soft'}, t('op.noLetters')));
    cursor = page.cursor;
    $('#more').hidden = !cursor;
  } catch (problem) {
    fill($('#letters'), h('p', {class: 'soft'},
      problem.status === 403 ? t('op.operatorsOnly') : problem.status === 404 ? t('op.notInstalled') : sentence(problem)));
  }
}

async function disputes() {
  if (!session.roles.includes('operator')) {
    fill($('#disputes'), h('li', {class: 'soft'}, t(session.signedIn ? 'op.operatorsOnly' : 'op.signIn')));
    return;
  }
  try {
    const {orders} = await get('/v1/orders/disputed');
    const lots = await Promise.all(orders.map(lotOf));
    fill($('#disputes'), orders.length ? orders.map((order, index) => orderLine(order, lots[index])) : h('li', {class: 'soft'}, t('op.noDisputes')));
  } catch (problem) {
    fill($('#disputes'), h('li', {class: 'soft'}, sentence(problem)));
  }
}

$('#more').addEventListener('click', letters);
ask();
letters();
disputes();
