package dev.gavel.runtime;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// The resource route of a use case, declared once beside its bean. The command record is filled by name
/// from the path variables, then the query parameters, then the members of the JSON body.
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface HttpRoute {

    /// Method and path template, for example `POST /v1/auctions/{auctionId}/bids`.
    String value();

    Access access() default Access.USER;

    /// How a repeated POST gets its first answer; other methods are repeatable by themselves.
    Repeats repeats() default Repeats.STORED;

    /// The status of an accepted call.
    int success() default 200;

    /// For GET: how long, in seconds, anybody may cache the answer; 0 is never. It then has an `ETag`, and
    /// `If-None-Match` is answered.
    int cacheSeconds() default 0;

    /// Who may call.
    enum Access {
        /// Anybody; a token is still verified when one is sent.
        ANYONE,
        /// Whoever has a valid token.
        USER,
        /// Users with the role `operator`.
        OPERATOR
    }

    /// Where the first answer to an `Idempotency-Key` is kept. The key is required on every POST that keeps one.
    enum Repeats {
        /// In the runtime's table of idempotency records.
        STORED,
        /// The use case keeps it itself, with its own state.
        OWN,
        /// Nowhere, and no key is required: for callers who cannot send one, such as a webhook, of use cases that
        /// come to the same however often they are called.
        NONE
    }
}
