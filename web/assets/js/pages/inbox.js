// What somebody was told, the newest first.

import {$, fill, h, say} from '../dom.js';
import {t} from '../i18n.js';
import {get, post, query} from '../api.js';
import {sentence} from '../problems.js';
import {frame, requireSignIn, setTitle, showUnread, toast} from '../page.js';
import {live} from '../live.js';
import {formatAgo, formatDate} from '../time.js';

const PATH = '/v1/users/me/notices';
const COUNTED = 100; // Unread notices are counted no further, and no more are read at once.
const SHORT = 3_000;

frame();
setTitle(t('inbox.title'));

const notices = new Map();
let cursor;
let further = false;
let unread = 0;

const plain = event => event.button === 0 && !(event.metaKey || event.ctrlKey || event.shiftKey || event.altKey);

async function load() {
  try {
    const found = await get(PATH);
    // So much has come since that the two lists do not meet: begin anew.
    if (!found.notices.some(({noticeId}) => notices.has(noticeId))) {
      notices.clear();
      further = false;
    }
    if (!further) cursor = found.cursor;
    take(found);
  } catch (problem) {
    $('#waiting').hidden = true;
    say($('#problem'), sentence(problem));
  }
}

async function more() {
  try {
    const found = await get(PATH + query({after: cursor}));
    further = true;
    cursor = found.cursor;
    take(found);
  } catch (problem) {
    say($('#problem'), sentence(problem));
  }
}

function take(found) {
  say($('#problem'), '');
  for (const notice of found.notices) notices.set(notice.noticeId, notice);
  unread = found.unread;
  show();
}

function show() {
  $('#waiting').hidden = true;
  const list = $('#notices');
  list.hidden = false;
  const focused = document.activeElement?.closest('[data-notice]')?.dataset.notice;
  const sorted = [...notices.values()].sort((a, b) => Date.parse(b.at) - Date.parse(a.at));
  fill(list, sorted.length ? sorted.map(line) : h('li', {class: 'soft'}, t('inbox.none')));
  if (focused) $(`[data-notice="${focused}"] a`)?.focus();
  $('#more').hidden = !cursor;
  $('#read-all').hidden = unread === 0;
  showUnread(unread);
}

function line(notice) {
  return h('li', {class: notice.read ? 'line told' : 'line told unread', data: {notice: notice.noticeId}},
    h('div', {class: 'line-body'},
      h('p', {class: 'spread'},
        h('a', {href: notice.link, on: {click: event => open(event, notice)}}, notice.title),
        !notice.read && h('span', {class: 'tag'}, t('inbox.unread'))),
      h('p', {}, notice.text),
      h('p', {class: 'soft small'}, h('time', {datetime: notice.at, title: formatDate(notice.at)}, formatAgo(notice.at)))));
}

/** Leaves only after it was read, but does not wait long for that. */
async function open(event, notice) {
  if (notice.read) return;
  const leave = plain(event);
  if (leave) event.preventDefault();
  try {
    await post(`${PATH}/read`, {noticeIds: [notice.noticeId]}, {patience: SHORT});
    forget([notice]);
  } catch {
    // It stays unread.
  }
  if (leave) location.href = notice.link;
}

function forget(read) {
  for (const notice of read) notice.read = true;
  unread = Math.max(0, unread - read.length);
  show();
}

$('#read-all').addEventListener('click', async () => {
  const newest = [...notices.values()].reduce((latest, {at}) => Date.parse(at) > Date.parse(latest) ? at : latest, new Date(0).toISOString());
  try {
    await post(`${PATH}/read`, {upTo: newest});
    const counted = unread;
    unread = 0;
    forget([...notices.values()]);
    if (counted >= COUNTED) await load();
    toast(t('inbox.allRead'));
    $('#main').focus();
  } catch (problem) {
    say($('#problem'), sentence(problem));
  }
});

$('#more').addEventListener('click', more);

if (requireSignIn()) {
  load();
  live.mine({on: ({type}) => { if (type === 'notice') load(); }, poll: () => { if (!$('#notices').hidden) load(); }});
}
