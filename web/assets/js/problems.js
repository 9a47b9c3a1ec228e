// Says a problem in the reader's language, and what to do about it.

import {has, language, t} from './i18n.js';
import {formatMoney} from './money.js';
import {formatDate} from './time.js';

const MEMBER_NAMES = new Set(['title', 'description', 'startPrice', 'reserve', 'buyNow', 'duration', 'startsAt', 'category',
  'condition', 'pictures', 'preset', 'maximum', 'email', 'password', 'displayName', 'reason',
  'phone', 'code', 'quietHours', 'zone']);

/** The sentence for whatever was thrown. */
export function sentence(problem) {
  const type = problem?.type ?? 'internal';
  const values = {};
  for (const [name, value] of Object.entries(problem?.members ?? {})) {
    values[name] = shown(value);
  }
  const key = `problem.${type}`;
  if (type.endsWith('-invalid') && values.member && has(`problem.member.${values.member}`)) {
    return t(`problem.member.${values.member}`, values);
  }
  if (type === 'registration-weak-password' && has(`${key}.${values.weakness}`)) return t(`${key}.${values.weakness}`);
  if (type === 'invalid-request') return t(key, {members: wrongMembers(problem)});
  if (has(key)) return t(key, values);
  if (language() === 'en' && problem?.members?.detail) return problem.members.detail;
  if (problem?.status >= 500) return t('problem.internal');
  return t('problem.other', {detail: problem?.members?.detail ?? problem?.message ?? ''});
}

/** The names of the members of a request that were refused, as they are called on the page. */
export function wrongMembers(problem) {
  const names = (problem.members.problems ?? []).map(({member}) => member.split(/[.[]/)[0]);
  return [...new Set(names)].map(name => MEMBER_NAMES.has(name) ? t(`member.${name}`) : name).join(', ');
}

function shown(value) {
  if (value && typeof value === 'object' && 'amount' in value) return formatMoney(value);
  if (typeof value === 'string' && /^\d{4}-\d\d-\d\dT/.test(value)) return formatDate(value);
  return value;
}
