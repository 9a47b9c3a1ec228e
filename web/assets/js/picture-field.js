// The pictures of a thing while it is described: chosen or dropped, previewed, sent, and put in order. The first one
// stands for the thing.

import {$, fill, h, icon, say} from './dom.js';
import {t} from './i18n.js';
import {sentence} from './problems.js';
import {Refused, upload} from './uploads.js';

const AT_ONCE = 3;

/** A field for up to so many pictures. `element` is it, `keys()` their keys in order, `settled()` waits for all. */
export function pictureField(most) {
  let pictures = [];
  const waiting = [];
  let busy = 0;

  const input = h('input', {type: 'file', id: 'pictures', accept: 'image/*', multiple: true, 'aria-describedby': 'pictures-hint pictures-wrong'});
  const list = h('ol', {class: 'shots', id: 'shots'});
  const wrong = h('p', {class: 'wrong', id: 'pictures-wrong', role: 'alert'});
  const live = h('p', {class: 'unseen', role: 'status'});
  const drop = h('label', {class: 'drop', for: 'pictures'}, icon('plus'), h('span', {}, t('pictures.add')), input);
  const element = h('div', {class: 'stack-tight'}, drop, list, wrong, live);

  const keys = () => pictures.filter(({key}) => key).map(({key}) => key);

  function add(files) {
    say(wrong, '');
    const room = most - pictures.length;
    if (files.length > room) say(wrong, t('pictures.tooMany', {n: most}));
    for (const file of files.slice(0, Math.max(0, room))) {
      const picture = shot(file);
      pictures.push(picture);
      waiting.push(picture);
    }
    order();
    next();
  }

  function shot(file) {
    const preview = URL.createObjectURL(file);
    const bar = h('progress', {max: 1, value: 0, 'aria-label': t('pictures.sending', {name: file.name})});
    const told = h('p', {class: 'shot-told'});
    const picture = {file, key: null, stop: new AbortController(), bar, told, preview};
    picture.image = h('img', {src: preview, alt: file.name, width: 160, height: 120, draggable: 'false'});
    picture.image.addEventListener('error', () => picture.image.replaceWith(h('span', {class: 'no-picture', 'aria-hidden': 'true'}, '?')));
    const tool = (name, label, act) => h('button', {type: 'button', class: 'shot-tool', data: {tool: name}, 'aria-label': t(label, {name: file.name}), on: {click: act}}, icon(name));
    picture.element = h('li', {class: 'shot', draggable: 'true', data: {state: 'waiting'}},
      picture.image, bar, told,
      h('div', {class: 'shot-tools'},
        tool('left', 'pictures.earlier', () => move(picture, -1)),
        tool('right', 'pictures.later', () => move(picture, 1)),
        tool('close', 'pictures.remove', () => leave(picture))));
    picture.element.addEventListener('dragstart', event => {
      event.dataTransfer.effectAllowed = 'move';
      event.dataTransfer.setData('text/plain', String(pictures.indexOf(picture)));
      picture.element.dataset.dragged = '';
    });
    picture.element.addEventListener('dragend', () => delete picture.element.dataset.dragged);
    picture.element.addEventListener('dragover', event => {
      const dragged = pictures.find(other => 'dragged' in other.element.dataset);
      if (!dragged) return;
      event.preventDefault();
      if (dragged !== picture) place(dragged, pictures.indexOf(picture));
    });
    return picture;
  }

  function next() {
    while (busy < AT_ONCE && waiting.length > 0) {
      busy++;
      sendOne(waiting.shift()).finally(() => {
        busy--;
        next();
        element.dispatchEvent(new Event('settled'));
      });
    }
  }

  async function sendOne(picture) {
    const state = name => { picture.element.dataset.state = name; };
    state('sending');
    try {
      const {key} = await upload(picture.file, {
        signal: picture.stop.signal,
        tell: share => {
          if (share === null) picture.bar.removeAttribute('value');
          else picture.bar.value = share;
        },
      });
      if (pictures.some(other => other !== picture && other.key === key)) throw new Refused('twice');
      picture.key = key;
      state('ready');
      say(live, t('pictures.ready', {name: picture.file.name}));
    } catch (problem) {
      if (picture.stop.signal.aborted) return;
      state('refused');
      say(picture.told, problem instanceof Refused ? t(`pictures.refused.${problem.reason}`) : sentence(problem));
    }
  }

  function leave(picture) {
    picture.stop.abort();
    URL.revokeObjectURL(picture.preview);
    pictures = pictures.filter(other => other !== picture);
    waiting.splice(waiting.indexOf(picture), waiting.includes(picture) ? 1 : 0);
    order();
    input.focus();
    element.dispatchEvent(new Event('settled'));
  }

  function move(picture, by) {
    const to = pictures.indexOf(picture) + by;
    if (to < 0 || to >= pictures.length) return;
    place(picture, to);
    $(`[data-tool=${by < 0 ? 'left' : 'right'}]`, picture.element).focus();
    say(live, t('pictures.place', {name: picture.file.name, n: to + 1}));
  }

  function place(picture, to) {
    pictures = pictures.filter(other => other !== picture);
    pictures.splice(to, 0, picture);
    order();
  }

  function order() {
    const elements = pictures.map(({element: one}) => one);
    if (elements.some((one, index) => list.children[index] !== one) || list.children.length !== elements.length) fill(list, elements);
    drop.hidden = pictures.length >= most;
  }

  input.addEventListener('change', () => {
    add([...input.files]);
    input.value = '';
  });
  for (const name of ['dragover', 'drop']) {
    drop.addEventListener(name, event => {
      event.preventDefault();
      if (name === 'drop') add([...event.dataTransfer.files]);
    });
  }

  return {
    element,
    keys,
    /** How many of them are still on their way, and how many were refused. */
    count: state => pictures.filter(({element: one}) => one.dataset.state === state).length,
    settled: () => new Promise(done => {
      const check = () => {
        if (pictures.every(({element: one}) => ['ready', 'refused'].includes(one.dataset.state))) done();
        else element.addEventListener('settled', check, {once: true});
      };
      check();
    }),
  };
}
