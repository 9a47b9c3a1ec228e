// Sends pictures straight to the store: a form is asked for, the file is posted with it, and then the picture is asked
// for until it is ready or refused.

import {get, pause, post, Problem} from './api.js';

const LARGEST = 20 * 1024 * 1024;
const LONGEST_SIDE = 4096;
const TAKEN = ['image/jpeg', 'image/png'];
const PATIENCE = 90_000;

/** Why a file is not taken; `reason` is a word of problems.js. */
export class Refused extends Error {
  constructor(reason) {
    super(reason);
    this.reason = reason;
  }
}

/**
 * Uploads a file and waits for what becomes of it. `tell` hears the share that was sent, 0 to 1, and then null.
 * Returns {pictureId, key}; throws Refused, or a Problem.
 */
export async function upload(file, {tell, signal}) {
  const sent = await fit(file);
  const form = await post('/v1/pictures', {contentType: sent.type, bytes: sent.size}, {signal});
  await send(form, sent, tell, signal);
  tell(null);
  return {pictureId: form.pictureId, key: await ready(form.pictureId, signal)};
}

/** What the functions take goes as it is; anything else a browser can show is drawn and written as a JPEG. */
export async function fit(file) {
  if (file.size === 0) throw new Refused('empty');
  if (TAKEN.includes(file.type) && file.size <= LARGEST) return file;
  let drawn;
  try {
    drawn = await createImageBitmap(file);
  } catch {
    throw new Refused('not-a-picture');
  }
  const scale = Math.min(1, LONGEST_SIDE / Math.max(drawn.width, drawn.height));
  const canvas = Object.assign(document.createElement('canvas'),
    {width: Math.round(drawn.width * scale), height: Math.round(drawn.height * scale)});
  const pen = canvas.getContext('2d');
  pen.fillStyle = '#fff';
  pen.fillRect(0, 0, canvas.width, canvas.height);
  pen.drawImage(drawn, 0, 0, canvas.width, canvas.height);
  drawn.close();
  const jpeg = await new Promise(done => canvas.toBlob(done, 'image/jpeg', .9));
  if (!jpeg || jpeg.size > LARGEST) throw new Refused('too-large');
  return jpeg;
}

// fetch tells nothing of how far an upload is.
function send({url, fields}, file, tell, signal) {
  const body = new FormData();
  for (const [name, value] of Object.entries(fields)) body.append(name, value);
  body.append('file', file);
  return new Promise((done, fail) => {
    const request = new XMLHttpRequest();
    const stop = () => request.abort();
    signal?.addEventListener('abort', stop, {once: true});
    request.upload.addEventListener('progress', ({loaded, total}) => tell(total ? loaded / total : 0));
    request.addEventListener('load', () => request.status < 300 ? done()
      : fail(request.responseText.includes('EntityTooLarge') ? new Refused('too-large') : new Problem(request.status)));
    request.addEventListener('abort', () => fail(signal.reason));
    for (const trouble of ['error', 'timeout']) request.addEventListener(trouble, () => fail(new Problem(0)));
    request.addEventListener('loadend', () => signal?.removeEventListener('abort', stop));
    request.timeout = 5 * 60_000;
    request.open('POST', url);
    request.send(body);
  });
}

async function ready(pictureId, signal) {
  const until = Date.now() + PATIENCE;
  for (let attempt = 0; Date.now() < until; attempt++) {
    const picture = await get(`/v1/pictures/${pictureId}`, {signal}).catch(problem => {
      if (problem instanceof Problem && problem.unknown) return {};
      throw problem;
    });
    if (picture.status === 'ready') return picture.key;
    if (picture.status === 'rejected') throw new Refused(picture.reason);
    await pause(attempt, 2_000);
  }
  throw new Refused('slow');
}
