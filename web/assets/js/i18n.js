// Korean first, English by choice. `?lang=en` wins over what was remembered, which wins over Korean.

import ko from '/i18n/ko.js';
import en from '/i18n/en.js';

const TEXTS = {ko, en};
const REMEMBERED = 'gavel.language';

const current = choose();
document.documentElement.lang = current;

function choose() {
  const asked = new URLSearchParams(location.search).get('lang');
  if (asked in TEXTS) {
    store(asked);
    return asked;
  }
  try {
    const remembered = localStorage.getItem(REMEMBERED);
    return remembered in TEXTS ? remembered : 'ko';
  } catch {
    return 'ko';
  }
}

function store(language) {
  try {
    localStorage.setItem(REMEMBERED, language);
  } catch {
    // Without storage the choice holds for this address only.
  }
}

export function language() {
  return current;
}

/** Shows this same page in another language. */
export function switchLanguage(language) {
  store(language);
  const address = new URL(location.href);
  address.searchParams.delete('lang');
  try {
    if (localStorage.getItem(REMEMBERED) !== language) address.searchParams.set('lang', language);
  } catch {
    address.searchParams.set('lang', language);
  }
  location.replace(address);
}

export function has(key) {
  return key in TEXTS[current] || key in ko;
}

/** The text for a key with its {places} filled. A missing key shows itself, so that it is noticed. */
export function t(key, values = {}) {
  const text = TEXTS[current][key] ?? ko[key] ?? key;
  return text.replace(/\{(\w+)\}/g, (place, name) => name in values ? String(values[name]) : place);
}

const ATTRIBUTES = ['placeholder', 'aria-label', 'title', 'alt', 'content'];

/** Translates what the HTML file holds: data-t for the text, data-t-placeholder and so on for attributes. */
export function translate(root = document) {
  if (current === 'ko' && root === document) return; // The files are written in Korean.
  for (const element of root.querySelectorAll('[data-t]')) element.textContent = t(element.dataset.t);
  for (const name of ATTRIBUTES) {
    for (const element of root.querySelectorAll(`[data-t-${name}]`)) {
      element.setAttribute(name, t(element.getAttribute(`data-t-${name}`)));
    }
  }
}
