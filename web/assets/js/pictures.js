// Pictures by their keys. A key of an uploaded one says how large it is and how it looks from far:
// p/<hash>-<width>x<height>-<ThumbHash in base64url>, so a page can make room for it before it has come.

import {h} from './dom.js';

const KEY = /^p\/[0-9A-Z]{26}-(\d{1,4})x(\d{1,4})-([A-Za-z0-9_-]+)$/;
// The longest sides of the variants, as the function resize-image makes them.
const VARIANTS = {thumb: 320, card: 640, full: 1600};

const encoded = key => `/pictures/${key.split('/').map(encodeURIComponent).join('/')}`;

/** What a key tells: {width, height, hash}, or null of a drawing, which has one file of any size. */
export function told(key) {
  const found = KEY.exec(key);
  return found && {width: Number(found[1]), height: Number(found[2]), hash: found[3]};
}

/** Where a variant of a picture is. */
export function picturePath(key, variant = 'card') {
  return told(key) ? `${encoded(key)}/${variant}.jpg` : encoded(key);
}

/** Every variant with its width, for a browser to choose from; the same width only once. */
export function srcset(key) {
  const {width, height} = told(key);
  const widths = new Map();
  for (const [variant, longest] of Object.entries(VARIANTS)) {
    const shown = Math.round(width * Math.min(1, longest / Math.max(width, height)));
    if (!widths.has(shown)) widths.set(shown, `${picturePath(key, variant)} ${shown}w`);
  }
  return [...widths.values()].join(', ');
}

/** An image element; until it has come it shows how it will look. `sizes` is how wide it is shown. */
export function pictureImage(key, {alt = '', eager = false, sizes = '100vw', width = 400, height = 300} = {}) {
  const size = told(key);
  const image = h('img', {
    alt, decoding: 'async', loading: eager ? null : 'lazy', sizes: size && sizes, srcset: size && srcset(key),
    src: picturePath(key, eager ? 'full' : 'card'), width: size?.width ?? width, height: size?.height ?? height,
  });
  if (size) {
    image.style.background = `center / cover no-repeat url(${placeholder(size.hash)})`;
    image.addEventListener('load', () => { image.style.background = ''; }, {once: true});
  }
  return image;
}

// ---- ThumbHash, https://evanw.github.io/thumbhash

const painted = new Map();

/** A data URL of some 32 pixels, which a browser makes large and soft. */
export function placeholder(hash) {
  if (!painted.has(hash)) painted.set(hash, paint(pixels(bytes(hash))));
  return painted.get(hash);
}

function bytes(base64url) {
  const binary = atob(base64url.replaceAll('-', '+').replaceAll('_', '/'));
  return Uint8Array.from(binary, letter => letter.charCodeAt(0));
}

function paint({width, height, data}) {
  const canvas = Object.assign(document.createElement('canvas'), {width, height});
  canvas.getContext('2d').putImageData(new ImageData(data, width, height), 0, 0);
  return canvas.toDataURL();
}

/** The pixels a hash stands for: {width, height, data}, four bytes a pixel. */
export function pixels(hash) {
  const head = hash[0] | hash[1] << 8 | hash[2] << 16;
  const more = hash[3] | hash[4] << 8;
  const landscape = more >> 15 === 1;
  const shorter = more & 7;
  const across = Math.max(3, landscape ? 7 : shorter);
  const down = Math.max(3, landscape ? shorter : 7);
  const ratio = (landscape ? 7 : shorter) / (landscape ? shorter : 7);
  const width = Math.round(ratio > 1 ? 32 : 32 * ratio);
  const height = Math.round(ratio > 1 ? 32 / ratio : 32);

  let at = 0;
  const terms = (nx, ny, scale) => {
    const found = [];
    for (let cy = 0; cy < ny; cy++) {
      for (let cx = cy ? 0 : 1; cx * ny < nx * (ny - cy); cx++, at++) {
        found.push({cx, cy, value: ((hash[5 + (at >> 1)] >> ((at & 1) << 2) & 15) / 7.5 - 1) * scale});
      }
    }
    return found;
  };
  const light = {mean: (head & 63) / 63, terms: terms(across, down, (head >> 18 & 31) / 31)};
  const yellow = {mean: (head >> 6 & 63) / 31.5 - 1, terms: terms(3, 3, (more >> 3 & 63) / 63 * 1.25)};
  const red = {mean: (head >> 12 & 63) / 31.5 - 1, terms: terms(3, 3, (more >> 9 & 63) / 63 * 1.25)};

  const data = new Uint8ClampedArray(width * height * 4);
  for (let y = 0, i = 0; y < height; y++) {
    for (let x = 0; x < width; x++, i += 4) {
      const sum = channel => channel.terms.reduce((total, {cx, cy, value}) => total
        + value * Math.cos(Math.PI / width * (x + .5) * cx) * Math.cos(Math.PI / height * (y + .5) * cy) * 2, channel.mean);
      const [l, p, q] = [sum(light), sum(yellow), sum(red)];
      const b = l - 2 / 3 * p;
      const r = (3 * l - b + q) / 2;
      data.set([r, r - q, b, 1].map(part => Math.floor(255 * part)), i);
    }
  }
  return {width, height, data};
}
