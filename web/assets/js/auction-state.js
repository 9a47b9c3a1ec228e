// What is known of one auction, from whatever source: a view of the API, a snapshot or a delta of the live feed.
// Pure: state in, state out.

/** An AuctionView, over what was known. What only the live feed says is kept. */
export function fromView(view, before = {}) {
  return {
    ...before,
    ...view,
    minimumBid: view.minimumBid,
    buyNow: view.buyNow,
    leader: view.leader,
    yourMaximum: view.yourMaximum,
    sequence: view.sequence ?? before.sequence,
  };
}

/** The state after a message of the live feed; the very same object when it changes nothing. */
export function after(state, message) {
  switch (message.type) {
    case 'snapshot': {
      const {state: told = {}} = message;
      if (message.sequence < (state.sequence ?? 0)) return {...state, viewers: message.viewers ?? state.viewers};
      return {
        ...state, ...told,
        minimumBid: told.minimumBid, buyNow: told.buyNow, leader: told.leader,
        sequence: message.sequence,
        viewers: message.viewers ?? state.viewers,
      };
    }
    case 'scheduled':
      return {...state, status: 'scheduled', startsAt: message.startsAt, endsAt: message.endsAt, sequence: message.sequence};
    case 'opened':
      return {...state, status: 'open', startsAt: message.startsAt, endsAt: message.endsAt, sequence: message.sequence};
    case 'bids':
      // An answer to a question or to a bid may have told more already: a price never goes back.
      if (message.bidCount < (state.bidCount ?? 0)) return {...state, sequence: newest(state, message)};
      return {
        ...state,
        status: 'open', price: message.price, minimumBid: message.minimumBid ?? state.minimumBid, leader: message.leader, bidCount: message.bidCount,
        reserveMet: message.reserveMet,
        endsAt: later(state.endsAt, message.endsAt),
        // A bid takes the offer to buy at once away, but not while it stays below a reserve.
        buyNow: state.hasReserve && !message.reserveMet ? state.buyNow : undefined,
        sequence: newest(state, message),
      };
    case 'extended':
      return {...state, endsAt: later(state.endsAt, message.endsAt), sequence: newest(state, message)};
    case 'closed':
      return {
        ...state, status: 'closed', result: message.result, winner: message.winner ?? state.winner,
        price: message.price ?? state.price, bidCount: message.bidCount ?? state.bidCount, endedAt: message.closedAt,
        minimumBid: undefined, buyNow: undefined, sequence: message.sequence,
      };
    case 'cancelled':
      return {
        ...state, status: 'cancelled', reason: message.reason, endedAt: message.cancelledAt,
        minimumBid: undefined, buyNow: undefined, sequence: message.sequence,
      };
    case 'viewers':
      return {...state, viewers: message.count};
    case 'revised':
      return {...state, productRevisedAt: message.at};
    default:
      return state;
  }
}

function newest(state, message) {
  return Math.max(state.sequence ?? 0, message.sequence);
}

function later(one, other) {
  return one && Date.parse(one) > Date.parse(other) ? one : other;
}

/**
 * How somebody stands: "seller", "leading", "outbid", "won", "lost" or "none", as far as is known.
 * `me` is {userId, leads, hasBid}.
 */
export function standing(state, me) {
  const over = state.status === 'closed' || state.status === 'cancelled';
  if (me.userId && state.sellerId === me.userId) return 'seller';
  if (over && state.result === 'sold' && me.won) return 'won';
  if (over) return me.hasBid ? 'lost' : 'none';
  if (me.leads) return 'leading';
  return me.hasBid ? 'outbid' : 'none';
}

/** The status as the clock has it, which may be ahead of what the server has told. */
export function phase(state, now) {
  if (state.status === 'closed' || state.status === 'cancelled') return state.status;
  // A clock that is a little slow must not close again what the server says is open.
  if (state.status !== 'open' && now < Date.parse(state.startsAt)) return 'scheduled';
  return now < Date.parse(state.endsAt) ? 'open' : 'ended';
}
