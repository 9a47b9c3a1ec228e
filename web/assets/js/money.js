// Money as the API has it: {amount: "12000", currency: "KRW"}, the amount in the smallest unit people write.

import {language} from './i18n.js';

export const LARGEST = 1_000_000_000_000;

export function won(number) {
  return {amount: String(number), currency: 'KRW'};
}

export function number(money) {
  return Number(money?.amount ?? Number.NaN);
}

export function grouped(value) {
  return new Intl.NumberFormat('en-US', {maximumFractionDigits: 2}).format(value);
}

/** 12,000원, in English ₩12,000; other currencies as the language writes them. */
export function formatMoney(money) {
  if (!money) return '';
  if (money.currency === 'KRW') {
    return language() === 'ko' ? `${grouped(number(money))}원` : `₩${grouped(number(money))}`;
  }
  return new Intl.NumberFormat(language(), {style: 'currency', currency: money.currency}).format(number(money));
}

/** The whole number in what somebody typed ("12,000원", "１２０００", "1만 5천"), or null when there is none. */
export function readAmount(text) {
  const plain = text.normalize('NFKC').replace(/[\s,원₩]/g, '');
  const korean = /^(?:(\d+)만)?(?:(\d+)천)?(\d+)?$/.exec(plain);
  if (plain === '' || !korean) return null;
  const value = plain.match(/[만천]/)
    ? Number(korean[1] ?? 0) * 10_000 + Number(korean[2] ?? 0) * 1_000 + Number(korean[3] ?? 0)
    : Number(plain);
  return Number.isSafeInteger(value) && value <= LARGEST ? value : null;
}

/** Writes thousands separators while somebody types, and leaves the caret where it was among the digits. */
export function groupWhileTyping(input) {
  input.addEventListener('input', event => {
    if (event.isComposing) return;
    const plain = input.value.normalize('NFKC').replace(/[\s,원₩]/g, '');
    if (!/^\d{1,13}$/.test(plain)) return;
    const behind = input.value.slice(input.selectionStart ?? input.value.length).replace(/\D/g, '').length;
    input.value = grouped(Number(plain));
    let caret = input.value.length;
    for (let digits = 0; caret > 0 && digits < behind; caret--) {
      if (/\d/.test(input.value[caret - 1])) digits++;
    }
    input.setSelectionRange(caret, caret);
  });
}

/** The next sensible amounts from a minimum upwards: itself, and two round ones above it. */
export function quickSteps(minimum) {
  const grain = value => {
    const power = 10 ** Math.max(2, Math.floor(Math.log10(value)) - 1);
    return value / power >= 50 ? power * 5 : power;
  };
  const above = share => {
    const wanted = minimum * (1 + share);
    const by = grain(wanted);
    return Math.ceil(wanted / by) * by;
  };
  return [...new Set([minimum, above(0.05), above(0.2)])].filter(step => step >= minimum && step <= LARGEST);
}
