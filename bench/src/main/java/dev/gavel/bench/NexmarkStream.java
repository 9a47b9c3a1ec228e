package dev.gavel.bench;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.beam.sdk.nexmark.NexmarkConfiguration;
import org.apache.beam.sdk.nexmark.NexmarkUtils;
import org.apache.beam.sdk.nexmark.model.Auction;
import org.apache.beam.sdk.nexmark.model.Bid;
import org.apache.beam.sdk.nexmark.model.Event;
import org.apache.beam.sdk.values.TimestampedValue;

/// The events of Apache Beam's NEXMark generator, always the same for the same number of them, in the order
/// generated, and what of them Gavel's rules keep from an auction before any bidding rule is asked.
///
/// @param steps the auctions and bids in stream order
/// @param auctions every auction of the stream by its number
/// @param people everybody who is named by the stream
final class NexmarkStream {

    private final int size;
    private final List<Step> steps = new ArrayList<>();
    private final SortedMap<Long, Auction> auctions = new TreeMap<>();
    private final SortedSet<Long> people = new TreeSet<>();
    private final Map<Standing, Integer> counts = new HashMap<>();

    /// Whether a bid can reach its auction.
    enum Standing {
        /// Its auction has been generated before it.
        KNOWN,
        /// It names an auction that the stream has not created yet: nobody can know the id.
        UNKNOWN,
        /// The bidder is the seller, which NEXMark knows no rule against and Gavel refuses.
        OWN
    }

    /// One event with its time in milliseconds.
    sealed interface Step {
        long at();

        /// The number of the auction it is about.
        long auction();

        record Open(Auction details, long at) implements Step {
            @Override
            public long auction() {
                return details.id;
            }
        }

        record Offer(Bid bid, long at, Standing standing) implements Step {
            @Override
            public long auction() {
                return bid.auction;
            }
        }
    }

    private NexmarkStream(int size) {
        this.size = size;
    }

    /// The first events that the generator makes with Beam's default settings.
    static NexmarkStream generate(int events) {
        NexmarkConfiguration configuration = NexmarkConfiguration.DEFAULT.copy();
        configuration.numEvents = events;
        return of(events, NexmarkUtils.standardEventIterator(configuration));
    }

    static NexmarkStream of(int events, Iterator<TimestampedValue<Event>> generated) {
        NexmarkStream stream = new NexmarkStream(events);
        while (generated.hasNext()) {
            TimestampedValue<Event> next = generated.next();
            stream.add(next.getValue(), next.getTimestamp().getMillis());
        }
        return stream;
    }

    private void add(Event event, long at) {
        if (event.newPerson != null) {
            people.add(event.newPerson.id);
        } else if (event.newAuction != null) {
            people.add(event.newAuction.seller);
            auctions.put(event.newAuction.id, event.newAuction);
            steps.add(new Step.Open(event.newAuction, at));
        } else {
            people.add(event.bid.bidder);
            Auction auction = auctions.get(event.bid.auction);
            Standing standing = auction == null
                    ? Standing.UNKNOWN
                    : auction.seller == event.bid.bidder ? Standing.OWN : Standing.KNOWN;
            counts.merge(standing, 1, Integer::sum);
            steps.add(new Step.Offer(event.bid, at, standing));
        }
    }

    /// How many events, people among them.
    int size() {
        return size;
    }

    List<Step> steps() {
        return steps;
    }

    SortedMap<Long, Auction> auctions() {
        return auctions;
    }

    SortedSet<Long> people() {
        return people;
    }

    int bids() {
        return steps.size() - auctions.size();
    }

    int count(Standing standing) {
        return counts.getOrDefault(standing, 0);
    }

    /// When the first event happened.
    long start() {
        return steps.getFirst().at();
    }

    /// A moment at which the last auction has long ended.
    long end() {
        long lastEvent = steps.getLast().at();
        return auctions.values().stream()
                        .mapToLong(a -> a.expires.getMillis())
                        .max()
                        .orElse(lastEvent)
                + 1_000;
    }
}
