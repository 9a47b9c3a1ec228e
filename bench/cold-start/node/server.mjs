// Takes bids as place-bid does: the same token, the same reads and conditional writes, the same fact. Only the first
// bid of an auction is known here, which is all that the benchmark sends.

import {BatchWriteItemCommand, DynamoDBClient, GetItemCommand, TransactWriteItemsCommand} from '@aws-sdk/client-dynamodb';
import {createHash, createPublicKey, randomBytes, verify} from 'node:crypto';
import http from 'node:http';

const {env} = process;
const prefix = env.GAVEL_TABLE_PREFIX ?? 'gavel-';
const issuer = env.GAVEL_ISSUER ?? 'https://gavel.dev';
const agent = new http.Agent({keepAlive: true});
const dynamo = new DynamoDBClient({
  region: env.AWS_REGION,
  endpoint: env.AWS_ENDPOINT_URL_DYNAMODB,
  credentials: {accessKeyId: env.AWS_ACCESS_KEY_ID, secretAccessKey: env.AWS_SECRET_ACCESS_KEY},
});

class Refused extends Error {
  constructor(status) {
    super(`status ${status}`);
    this.status = status;
  }
}

function call(address, method, headers, body) {
  return new Promise((resolve, reject) => {
    const request = http.request(address, {method, headers, agent, timeout: 5_000}, async answer => {
      const pieces = [];
      for await (const piece of answer) pieces.push(piece);
      resolve({status: answer.statusCode, text: Buffer.concat(pieces).toString()});
    });
    request.on('timeout', () => request.destroy(new Error('no answer in time')));
    request.on('error', reject);
    request.end(body);
  });
}

// ---------------------------------------------------------------- who bids

let keys;

async function key(id) {
  if (!keys?.has(id)) {
    const {text} = await call(env.GAVEL_JWKS_URL, 'GET', {});
    keys = new Map(JSON.parse(text).keys.map(jwk => [jwk.kid, createPublicKey({key: jwk, format: 'jwk'})]));
  }
  return keys.get(id);
}

const json = part => JSON.parse(Buffer.from(part, 'base64url').toString());

async function user(authorization) {
  const [head, claims, signature] = (authorization ?? '').replace(/^Bearer /, '').split('.');
  if (!signature) throw new Refused(401);
  const {alg, typ, kid} = json(head);
  const public_ = alg === 'EdDSA' && typ === 'at+jwt' ? await key(kid) : undefined;
  const sound = public_ && verify(null, Buffer.from(`${head}.${claims}`), public_, Buffer.from(signature, 'base64url'));
  const {iss, aud, exp, sub} = json(claims);
  if (!sound || iss !== issuer || ![aud].flat().includes('gavel') || exp < Date.now() / 1_000) throw new Refused(401);
  return sub;
}

// ---------------------------------------------------------------- the bid

const s = text => ({S: text});
const n = number => ({N: String(number)});

function decided(auction, bidder, maximum, at) {
  if (bidder === auction.terms.sellerId) throw new Refused(403);
  const open = auction.status === 'open' && at < new Date(auction.endsAt);
  if (!open || auction.lead || Number(maximum.amount) < Number(auction.price.amount)) throw new Refused(409);
  const price = Number(auction.price.amount);
  const step = auction.terms.rules.increments.steps.findLast(({from}) => from <= price).by;
  return {
    next: {
      ...auction,
      lead: {bidderId: bidder, maximum},
      bidCount: auction.bidCount + 1,
      version: auction.version + 1,
      facts: auction.facts + 1,
    },
    minimumBid: {amount: String(price + step), currency: auction.price.currency},
  };
}

async function place(auctionId, headers, body) {
  const bidder = await user(headers.authorization);
  if (!headers['idempotency-key']) throw new Refused(400);
  const {maximum} = JSON.parse(body);
  const at = new Date();
  const key = {auctionId: s(auctionId), part: s('head')};
  const {Item: head} = await dynamo.send(
    new GetItemCommand({TableName: `${prefix}auctions`, Key: key, ConsistentRead: true}));
  if (!head) throw new Refused(404);
  const before = JSON.parse(head.state.S);
  const {next, minimumBid} = decided(before, bidder, maximum, at);
  const acceptedAt = at.toISOString();
  const bidKey = createHash('sha256').update(`${bidder}\n${headers['idempotency-key']}`).digest()
    .subarray(0, 16).toString('base64url');
  const bid = {
    n: next.bidCount, k: bidKey, b: bidder, a: Number(maximum.amount), c: maximum.currency, y: false, t: acceptedAt,
    p: Number(next.price.amount), l: bidder, m: Number(minimumBid.amount), r: true, e: next.endsAt,
  };
  const data = JSON.stringify({
    auctionId,
    bids: [{number: next.bidCount, bidderId: bidder, price: next.price, leaderId: bidder, acceptedAt}],
    price: next.price, leaderId: bidder, minimumBid, reserveMet: true, bidCount: next.bidCount, endsAt: next.endsAt,
  });
  const type = 'dev.gavel.auction.bids-accepted.v1';
  const row = {
    shard: s(`auctions#${auctionId.charCodeAt(auctionId.length - 1) % 8}`),
    id: s(`${acceptedAt}#${auctionId}#${String(next.facts).padStart(19, '0')}`),
  };
  await dynamo.send(new TransactWriteItemsCommand({TransactItems: [
    {Put: {
      TableName: `${prefix}auctions`,
      Item: {...head, version: n(next.version), state: s(JSON.stringify(next))},
      ConditionExpression: '#counter = :decidedOn',
      ExpressionAttributeNames: {'#counter': 'version'},
      ExpressionAttributeValues: {':decidedOn': n(before.version)},
    }},
    {Put: {
      TableName: `${prefix}auctions`,
      Item: {
        auctionId: s(auctionId), part: s(`page#${String(next.bidCount).padStart(12, '0')}`),
        bids: s(JSON.stringify([bid])), sequence: n(next.facts), endsAtBefore: s(before.endsAt),
      },
      ConditionExpression: 'attribute_not_exists(#key)',
      ExpressionAttributeNames: {'#key': 'part'},
    }},
    {Put: {TableName: `${prefix}outbox`, Item: {
      ...row, subject: s(auctionId), sequence: n(next.facts), time: s(acceptedAt), source: s('/functions/place-bid'),
      type: s(type), data: s(data),
    }}},
  ]}));
  await publish(type, auctionId, next.facts, acceptedAt, data);
  remove(row);
  return {
    auctionId, bidNumber: next.bidCount, outcome: 'leading', price: next.price, minimumBid, reserveMet: true,
    endsAt: next.endsAt, acceptedAt, yourMaximum: maximum,
  };
}

async function publish(type, subject, sequence, time, data) {
  const {status} = await call(env.K_SINK, 'POST', {
    'content-type': 'application/json', 'ce-specversion': '1.0', 'ce-id': `${subject}-${sequence}`,
    'ce-source': '/functions/place-bid', 'ce-type': type, 'ce-subject': subject, 'ce-time': time,
    'ce-dataschema': 'https://gavel.dev/schemas/auction.bids-accepted/1.1', 'ce-partitionkey': subject,
    'ce-sequence': String(sequence),
    'ce-traceparent': `00-${randomBytes(16).toString('hex')}-${randomBytes(8).toString('hex')}-01`,
    'content-length': Buffer.byteLength(data),
  }, data);
  if (status >= 300) throw new Error(`the broker answered ${status}`);
}

// What was published leaves the outbox a moment later, 25 rows at a time.
let published = [];
let removing;

function remove(row) {
  published.push(row);
  removing ??= setTimeout(async () => {
    removing = undefined;
    const rows = published;
    published = [];
    for (let from = 0; from < rows.length; from += 25) {
      const deletes = rows.slice(from, from + 25).map(Key => ({DeleteRequest: {Key}}));
      await dynamo.send(new BatchWriteItemCommand({RequestItems: {[`${prefix}outbox`]: deletes}}));
    }
  }, 250);
}

// ---------------------------------------------------------------- HTTP

const server = http.createServer(async (request, response) => {
  let status = 201;
  let answer = {};
  try {
    const path = /^\/v1\/auctions\/(auc_[0-9A-Z]{26})\/bids$/.exec(request.url);
    if (!path || request.method !== 'POST') throw new Refused(404);
    const pieces = [];
    for await (const piece of request) pieces.push(piece);
    answer = await place(path[1], request.headers, Buffer.concat(pieces).toString());
  } catch (trouble) {
    status = trouble.status ?? 503;
    if (!trouble.status) console.error(trouble);
  }
  const text = JSON.stringify(answer);
  response.writeHead(status, {'content-type': 'application/json', 'content-length': Buffer.byteLength(text)}).end(text);
});
server.listen(Number(env.PORT ?? 8080), '127.0.0.1');
process.on('SIGTERM', () => process.exit(0));
