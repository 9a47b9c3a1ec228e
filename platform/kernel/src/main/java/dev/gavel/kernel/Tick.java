package dev.gavel.kernel;

/// The command of a use case that a schedule triggers: it carries nothing, what is due is found from the clock and the
/// store, so that a late or lost tick changes only when things happen.
public record Tick() {}
