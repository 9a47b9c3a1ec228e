// What the market knows of whoever is signed in.

import {$, fill, h, say} from '../dom.js';
import {t} from '../i18n.js';
import {get, patch} from '../api.js';
import {sentence} from '../problems.js';
import {frame, requireSignIn, setTitle, toast} from '../page.js';
import {session} from '../session.js';
import {turnOff} from '../push.js';
import {formatDay} from '../time.js';

frame();
setTitle(t('profile.title'));

function show(profile) {
  const fact = (name, value) => h('div', {class: 'stack-tight'}, h('dt', {class: 'soft small'}, t(name)), h('dd', {}, value));
  fill($('#facts'),
    fact('member.email', profile.email),
    fact('profile.since', formatDay(profile.registeredAt)),
    profile.roles?.length ? fact('profile.roles', profile.roles.map(role => t(`role.${role}`)).join(', ')) : null);
  $('#name').value = profile.displayName;
  $('#form').hidden = false;
}

async function load() {
  try {
    show(await get('/v1/users/me'));
  } catch (problem) {
    say($('#problem'), sentence(problem));
  }
}

$('#form').addEventListener('submit', async event => {
  event.preventDefault();
  const wrong = $('.wrong', event.currentTarget);
  say(wrong, '');
  try {
    show(await patch('/v1/users/me', {displayName: $('#name').value}));
    $('#name').setAttribute('aria-invalid', 'false');
    toast(t('profile.saved'));
  } catch (problem) {
    say(wrong, sentence(problem));
    $('#name').setAttribute('aria-invalid', 'true');
    $('#name').focus();
  }
});

$('#sign-out').addEventListener('click', async () => {
  // Whoever uses this browser next must not be shown what is pushed to this person.
  await turnOff().catch(() => {});
  await session.signOut();
  location.href = '/';
});

if (requireSignIn()) load();
