package dev.gavel.runtime;

import java.util.Locale;

/// The spellings of one name: `PlaceBid`, `placeBid` and `place-bid`.
final class Names {

    private Names() {}

    static String kebab(String camel) {
        return camel.replaceAll("(?<=[a-z0-9])(?=[A-Z])", "-").toLowerCase(Locale.ROOT);
    }

    /// `bid-too-low` becomes `Bid too low`.
    static String sentence(String kebab) {
        return kebab.substring(0, 1).toUpperCase(Locale.ROOT)
                + kebab.substring(1).replace('-', ' ');
    }
}
