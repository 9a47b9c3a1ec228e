// Signing in and registering, side by side.

import {$, $$, say} from '../dom.js';
import {t} from '../i18n.js';
import {post, Problem} from '../api.js';
import {sentence} from '../problems.js';
import {frame, nextPath, setTitle} from '../page.js';
import {session} from '../session.js';

frame();
if (session.signedIn) location.replace(nextPath());

const tabs = [
  {tab: $('#tab-in'), panel: $('#panel-in'), title: 'signIn.title'},
  {tab: $('#tab-up'), panel: $('#panel-up'), title: 'signUp.title'},
];

function choose(chosen, {focus = false} = {}) {
  for (const {tab, panel, title} of tabs) {
    const selected = tab === chosen;
    tab.setAttribute('aria-selected', String(selected));
    tab.tabIndex = selected ? 0 : -1;
    panel.hidden = !selected;
    if (selected) {
      setTitle(t(title));
      say($('#title'), t(title));
      if (focus) tab.focus();
    }
  }
}

for (const {tab} of tabs) {
  tab.addEventListener('click', () => choose(tab));
  tab.addEventListener('keydown', event => {
    if (['ArrowLeft', 'ArrowRight'].includes(event.key)) choose(tabs.find(other => other.tab !== tab).tab, {focus: true});
  });
}
choose(location.hash === '#register' ? tabs[1].tab : tabs[0].tab);

/** Marks what is missing and goes there; true when nothing is. */
function complete(form) {
  const missing = $$('input', form).filter(input => {
    const wrong = input.value.trim() === '';
    input.setAttribute('aria-invalid', String(wrong));
    return wrong;
  });
  missing[0]?.focus();
  return missing.length === 0;
}

async function submitting(form, work) {
  const wrong = $('.wrong', form);
  const button = $('.button', form);
  say(wrong, '');
  if (!complete(form)) {
    say(wrong, t('form.fillAll'));
    return;
  }
  button.disabled = true;
  try {
    await work(Object.fromEntries(new FormData(form)));
  } catch (problem) {
    say(wrong, sentence(problem instanceof Problem ? problem : new Problem(0)));
    const member = {'registration-weak-password': 'password', 'registration-invalid-email': 'email',
      'registration-invalid-display-name': 'displayName'}[problem.type];
    const input = member && form.elements[member];
    if (input) {
      input.setAttribute('aria-invalid', 'true');
      input.focus();
    }
  } finally {
    button.disabled = false;
  }
}

async function signIn(email, password) {
  const {status, answer} = await session.signIn(email, password);
  if (status !== 200) throw new Problem(status, answer);
  location.replace(nextPath());
}

$('#panel-in').addEventListener('submit', event => {
  event.preventDefault();
  submitting(event.currentTarget, ({email, password}) => signIn(email, password));
});

$('#panel-up').addEventListener('submit', event => {
  event.preventDefault();
  submitting(event.currentTarget, async ({email, password, displayName}) => {
    await post('/v1/users', {email, password, displayName}, {anonymous: true});
    try {
      await signIn(email, password);
    } catch (problem) {
      // Whether an address is taken is told to nobody; a password that does not fit it is how its owner finds out.
      throw problem.type === 'sign-in-wrong-credentials' ? new Problem(401, {type: 'registered-differently'}) : problem;
    }
  });
});
