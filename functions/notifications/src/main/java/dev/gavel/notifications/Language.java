package dev.gavel.notifications;

import com.fasterxml.jackson.annotation.JsonProperty;

/// What a reader reads.
enum Language {
    @JsonProperty("ko")
    KO("ko"),
    @JsonProperty("en")
    EN("en");

    private final String tag;

    Language(String tag) {
        this.tag = tag;
    }

    String tag() {
        return tag;
    }

    /// The language of a BCP 47 tag; Korean unless it is English.
    static Language ofTag(String tag) {
        return tag.equals("en") || tag.startsWith("en-") ? EN : KO;
    }
}
