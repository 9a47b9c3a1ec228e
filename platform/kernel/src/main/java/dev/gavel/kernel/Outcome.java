package dev.gavel.kernel;

import java.util.function.Function;

/// What came of a use case: the answer, or a reason for "no". Trouble (a lost database, a bug) is an exception instead.
public sealed interface Outcome<T> {

    record Accepted<T>(T value) implements Outcome<T> {}

    record Rejected<T>(Rejection reason) implements Outcome<T> {}

    static <T> Outcome<T> accepted(T value) {
        return new Accepted<>(value);
    }

    static <T> Outcome<T> rejected(Rejection reason) {
        return new Rejected<>(reason);
    }

    default <U> Outcome<U> map(Function<? super T, ? extends U> change) {
        return switch (this) {
            case Accepted<T>(T value) -> accepted(change.apply(value));
            case Rejected<T>(Rejection reason) -> rejected(reason);
        };
    }
}
