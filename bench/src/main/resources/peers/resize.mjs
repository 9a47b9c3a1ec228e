// What Resizing.java does for Gavel, with sharp. A line is: times, path, then width, height and quality of each variant.
// The answer is the processor time of one picture in milliseconds.

import sharp from 'sharp';
import fs from 'node:fs';
import readline from 'node:readline';

sharp.concurrency(1);
sharp.cache(false);

async function variants(file, sizes) {
  // Once decoded to the largest, the others are made of it, as Gavel does; the way of the manual, a pipeline for each,
  // takes half as long again.
  const [[width, height, quality], ...smaller] = sizes;
  const {data, info} = await sharp(file).rotate().toColourspace('srgb').flatten({background: '#fff'})
    .resize(width, height, {fit: 'fill'}).removeAlpha().raw().toBuffer({resolveWithObject: true});
  const raw = {raw: {width: info.width, height: info.height, channels: info.channels}};
  const made = [await sharp(data, raw).jpeg({quality}).toBuffer()];
  for (const [w, h, q] of smaller) made.push(await sharp(data, raw).resize(w, h, {fit: 'fill'}).jpeg({quality: q}).toBuffer());
  return made;
}

console.log('ready');
for await (const line of readline.createInterface({input: process.stdin})) {
  const [times, path, ...numbers] = line.split('\t');
  const sizes = [];
  for (let i = 0; i < numbers.length; i += 3) sizes.push(numbers.slice(i, i + 3).map(Number));
  const file = fs.readFileSync(path);
  try {
    const before = process.cpuUsage();
    for (let i = 0; i < Number(times); i++) await variants(file, sizes);
    const {user, system} = process.cpuUsage(before);
    console.log(((user + system) / 1_000 / Number(times)).toFixed(3));
  } catch (trouble) {
    console.log(`cannot ${String(trouble.message).split('\n')[0]}`);
  }
}
