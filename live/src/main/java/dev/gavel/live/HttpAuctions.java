package dev.gavel.live;

import com.fasterxml.jackson.annotation.JsonCreator;
import dev.gavel.events.AuctionDelta;
import dev.gavel.events.Json;
import dev.gavel.kernel.AuctionId;
import dev.gavel.kernel.Unavailable;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Asks the functions `get-auction` and `replay-auction`, with at most so many questions at a time.
final class HttpAuctions implements Auctions {

    private static final Duration CONNECT = Duration.ofSeconds(2);
    private static final Duration ANSWER = Duration.ofSeconds(10);
    private static final int AT_ONCE = 32;
    private static final int LARGEST_PAGE = 500;

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(CONNECT).build();
    private final Semaphore room = new Semaphore(AT_ONCE);
    private final URI getAuction;
    private final URI replayAuction;

    HttpAuctions(URI getAuction, URI replayAuction) {
        this.getAuction = getAuction;
        this.replayAuction = replayAuction;
    }

    /// One page of `replay-auction`.
    private record Replay(
            List<AuctionDelta> deltas,
            long sequence,
            @Nullable Long cursor) {
        @JsonCreator
        Replay {}
    }

    @Override
    public Optional<PublicState> find(AuctionId id) {
        HttpResponse<byte[]> answer = ask(getAuction.resolve("/v1/auctions/" + id));
        return switch (answer.statusCode()) {
            case 200 -> Optional.of(PublicState.of(answer.body()));
            case 404 -> Optional.empty();
            default -> throw new Unavailable("get-auction answered " + answer.statusCode());
        };
    }

    @Override
    public List<AuctionDelta> deltas(AuctionId id, long after, int most) {
        List<AuctionDelta> newestFirst = new ArrayList<>();
        Long cursor = null;
        do {
            HttpResponse<byte[]> answer = ask(replayAuction.resolve("/v1/auctions/%s/deltas?after=%d&limit=%d%s"
                    .formatted(id, after, Math.min(most, LARGEST_PAGE), cursor == null ? "" : "&cursor=" + cursor)));
            if (answer.statusCode() != 200) {
                throw new Unavailable("replay-auction answered " + answer.statusCode());
            }
            Replay replay = Json.MAPPER.readValue(answer.body(), Replay.class);
            newestFirst.addAll(replay.deltas());
            cursor = replay.cursor();
        } while (cursor != null && newestFirst.size() < most);
        return newestFirst.subList(0, Math.min(most, newestFirst.size())).reversed();
    }

    private HttpResponse<byte[]> ask(URI address) {
        try {
            if (!room.tryAcquire(ANSWER.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new Unavailable("too many questions wait");
            }
            try {
                return http.send(
                        HttpRequest.newBuilder(address).timeout(ANSWER).build(),
                        HttpResponse.BodyHandlers.ofByteArray());
            } finally {
                room.release();
            }
        } catch (IOException e) {
            throw new Unavailable("no answer from " + address.getAuthority(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Unavailable("interrupted", e);
        }
    }
}
