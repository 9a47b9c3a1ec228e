// Sends a bid until there is an answer. The key of a bid is kept until then, over reloads too: however often the same
// bid is sent, it counts once, and a lost answer is had by asking again.

import {pause, post, Problem} from './api.js';

const TRIES = 6;

const keeper = (auction, body) => `gavel.bid.${auction}.${JSON.stringify(body)}`;

function keyOf(auction, body) {
  const name = keeper(auction, body);
  try {
    const kept = sessionStorage.getItem(name);
    if (kept) return kept;
    const key = crypto.randomUUID();
    sessionStorage.setItem(name, key);
    return key;
  } catch {
    return crypto.randomUUID();
  }
}

function forget(auction, body) {
  try {
    sessionStorage.removeItem(keeper(auction, body));
  } catch {
    // Nothing was kept.
  }
}

/**
 * Sends {maximum} or {buyNow}; answers with the receipt or throws the Problem. `onRetry` hears of each further try.
 * A Problem that is `unknown` leaves the key in place: the same bid sent later is still the same bid.
 */
export async function placeBid(auction, body, onRetry = () => {}) {
  const key = keyOf(auction, body);
  for (let attempt = 0; ; attempt++) {
    try {
      const receipt = await post(`/v1/auctions/${encodeURIComponent(auction)}/bids`, body, {key});
      forget(auction, body);
      return receipt;
    } catch (problem) {
      if (!(problem instanceof Problem)) throw problem;
      if (!problem.unknown) {
        // Refused for want of a token, the bid was never looked at: its key stays good for after signing in.
        if (problem.status !== 401) forget(auction, body);
        throw problem;
      }
      if (attempt + 1 >= TRIES) throw problem;
      onRetry(attempt + 1);
      await pause(attempt);
    }
  }
}
