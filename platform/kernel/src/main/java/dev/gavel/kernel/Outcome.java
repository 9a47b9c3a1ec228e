package dev.gavel.kernel;

import java.util.function.Function;

/// What came of a use case: the answer, or a reason for "no". Trouble (a lost database, a bug) is an exception instead.
public sealed interface Outcome<T> {

    record Accepted<T>(T value) implements Outcome<T> {
        @Override
        public <U> Outcome<U> map(Function<? super T, ? extends U> change) {
            return accepted(change.apply(value));
        }
    }

    record Rejected<T>(Rejection reason) implements Outcome<T> {
        @Override
        public <U> Outcome<U> map(Function<? super T, ? extends U> change) {
            return rejected(reason);
        }
    }

    static <T> Outcome<T> accepted(T value) {
        return new Accepted<>(value);
    }

    static <T> Outcome<T> rejected(Rejection reason) {
        return new Rejected<>(reason);
    }

    /// The same with another answer.
    <U> Outcome<U> map(Function<? super T, ? extends U> change);
}
