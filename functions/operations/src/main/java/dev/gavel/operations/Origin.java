package dev.gavel.operations;

import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Which Broker an event was published to, by the subject in its type: `dev.gavel.auction.closed.v1` is one of
/// `auctions`. A redelivered event goes nowhere else, whatever addresses it carries.
final class Origin {

    private static final Map<String, String> BROKERS =
            Map.of("auction", "auctions", "user", "accounts", "product", "catalog");
    private static final Pattern TYPE = Pattern.compile("dev\\.gavel\\.([a-z-]+)\\.[a-z-]+\\.v[0-9]+");

    private Origin() {}

    static Optional<String> broker(String type) {
        Matcher matcher = TYPE.matcher(type);
        return matcher.matches() ? Optional.ofNullable(BROKERS.get(matcher.group(1))) : Optional.empty();
    }
}
