package dev.gavel.accounts;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/// A token as it travels: an ordinary string in JSON, and nothing to see in a log.
record Secret(@JsonValue String value) {

    @JsonCreator
    Secret {}

    @Override
    public String toString() {
        return "(secret)";
    }
}
