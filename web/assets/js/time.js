// The server's clock decides when an auction ends, so countdowns run on it and not on this computer's.

import {language, t} from './i18n.js';

let offset = 0;
let certainty = Infinity;

/** Takes note of the server's time. `error` says by how many milliseconds it may be wrong; the surest one counts. */
export function learnServerTime(instant, error) {
  const time = typeof instant === 'number' ? instant : Date.parse(instant);
  if (Number.isNaN(time) || error > certainty) return;
  offset = time - Date.now();
  // A clock drifts and a computer sleeps: yesterday's certainty must not outweigh today's measurement for ever.
  certainty = error;
  setTimeout(() => { certainty = Math.max(certainty, 5_000); }, 60_000);
}

export function serverNow() {
  return Date.now() + offset;
}

export function millisUntil(instant) {
  return Date.parse(instant) - serverNow();
}

const two = value => String(value).padStart(2, '0');

/** What is left, as people say it: "3일 4시간", "2시간 05분", "04:59". */
export function formatLeft(millis) {
  const seconds = Math.max(0, Math.ceil(millis / 1000));
  const days = Math.floor(seconds / 86_400);
  const hours = Math.floor(seconds / 3_600) % 24;
  const minutes = Math.floor(seconds / 60) % 60;
  if (days > 0) return t('time.daysHours', {days, hours});
  if (seconds >= 3_600) return t('time.hoursMinutes', {hours, minutes: two(minutes)});
  return `${two(minutes)}:${two(seconds % 60)}`;
}

/** For screen readers: what is left in words, in steps that are worth hearing. */
export function spokenLeft(millis) {
  const seconds = Math.max(0, Math.ceil(millis / 1000));
  if (seconds >= 86_400) return t('time.spoken.days', {n: Math.floor(seconds / 86_400)});
  if (seconds >= 3_600) return t('time.spoken.hours', {n: Math.floor(seconds / 3_600)});
  if (seconds >= 60) return t('time.spoken.minutes', {n: Math.floor(seconds / 60)});
  return t('time.spoken.seconds', {n: seconds});
}

export function formatDate(instant) {
  return new Intl.DateTimeFormat(locale(), {month: 'long', day: 'numeric', weekday: 'short', hour: 'numeric', minute: '2-digit'})
    .format(new Date(instant));
}

export function formatDay(instant) {
  return new Intl.DateTimeFormat(locale(), {year: 'numeric', month: 'long', day: 'numeric'}).format(new Date(instant));
}

export function formatClock(instant) {
  return new Intl.DateTimeFormat(locale(), {hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23'})
    .format(new Date(instant));
}

export function formatAgo(instant) {
  const seconds = Math.round((Date.parse(instant) - serverNow()) / 1000);
  const relative = new Intl.RelativeTimeFormat(locale(), {numeric: 'auto', style: 'short'});
  if (seconds > -60) return relative.format(Math.min(0, seconds), 'second');
  if (seconds > -3_600) return relative.format(Math.round(seconds / 60), 'minute');
  if (seconds > -86_400) return relative.format(Math.round(seconds / 3_600), 'hour');
  return relative.format(Math.round(seconds / 86_400), 'day');
}

function locale() {
  return language() === 'ko' ? 'ko-KR' : 'en-GB';
}

const ticking = new Set();

/** Calls `tick` four times a second for as long as the returned function has not been called. */
export function everyTick(tick) {
  ticking.add(tick);
  tick();
  return () => ticking.delete(tick);
}

setInterval(() => ticking.forEach(tick => tick()), 250);
