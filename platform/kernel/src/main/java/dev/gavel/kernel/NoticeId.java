package dev.gavel.kernel;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/// The id of what somebody is told: `ntc_` and 26 characters. A notice is known by who is told and why, so that
/// the same cause told twice makes one notice.
public record NoticeId(@JsonValue String value) {

    /// @throws IllegalArgumentException when the text does not have this form
    @JsonCreator
    public NoticeId {
        Ids.check("ntc", value);
    }

    /// @param cause the same text for everything that is to be told once, such as `won/auc_01…`
    public static NoticeId of(UserId user, String cause) {
        return new NoticeId("ntc_" + Ids.digest(user + "/" + cause, 26));
    }

    @Override
    public String toString() {
        return value;
    }
}
