package dev.gavel.kernel;

/// The answer of a use case that has nothing to say but that it is done; `count` tells how many things it did.
public record Done(int count) {

    public static final Done ONCE = new Done(1);
    public static final Done NOTHING = new Done(0);
}
