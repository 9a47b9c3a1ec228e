package dev.gavel.kernel;

/// Somebody else changed the thing first. Safe to load again and to decide again; nothing was written.
public final class StaleWrite extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public StaleWrite(String what) {
        super(what + " was changed by somebody else in the meantime");
    }
}
