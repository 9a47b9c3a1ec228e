// Builds elements from data. Text only ever becomes text: nothing here parses HTML.

const SVG = new Set(['svg', 'path', 'circle', 'rect', 'line', 'polyline', 'polygon', 'g', 'use', 'title']);

/** h('a', {href, class, on: {click}}, 'text', otherElement, [more], null) */
export function h(tag, properties, ...children) {
  const element = SVG.has(tag) && tag !== 'title'
    ? document.createElementNS('http://www.w3.org/2000/svg', tag)
    : document.createElement(tag);
  for (const [name, value] of Object.entries(properties ?? {})) {
    if (value === null || value === undefined || value === false) continue;
    if (name === 'on') {
      for (const [event, listener] of Object.entries(value)) element.addEventListener(event, listener);
    } else if (name === 'data') {
      Object.assign(element.dataset, value);
    } else {
      element.setAttribute(name, value === true ? '' : String(value));
    }
  }
  append(element, children);
  return element;
}

function append(element, children) {
  for (const child of children.flat(Infinity)) {
    if (child !== null && child !== undefined && child !== false) element.append(child);
  }
}

/** Puts these children in the place of all that an element holds. */
export function fill(element, ...children) {
  element.replaceChildren(...children.flat(Infinity).filter(child => child !== null && child !== undefined && child !== false));
  return element;
}

/** Changes a text only when it differs, so that screen readers are not told the same thing again. */
export function say(element, text) {
  if (element && element.textContent !== text) element.textContent = text;
}

export const $ = (selector, within = document) => within.querySelector(selector);
export const $$ = (selector, within = document) => [...within.querySelectorAll(selector)];

/** A drawn sign from the sprite. It is decoration; what it means is said in words beside it. */
export function icon(name) {
  return h('svg', {class: 'icon', 'aria-hidden': 'true', focusable: 'false', viewBox: '0 0 24 24'},
    h('use', {href: `/assets/img/icons.svg#${name}`}));
}
