package dev.gavel.kernel;

import java.util.function.Function;

/// One thing somebody wants done: a class named by a verb, which is also the function that is deployed. `C` is its
/// command, a nested record (or a `Fact` or `Tick` for those the platform triggers), `R` its answer.
@FunctionalInterface
public interface UseCase<C, R> extends Function<Call<C>, Outcome<R>> {}
