package dev.gavel.kernel;

/// Something we depend on does not answer, or we are too busy: the same request may succeed later.
public final class Unavailable extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public Unavailable(String what, Throwable cause) {
        super(what, cause);
    }

    public Unavailable(String what) {
        super(what);
    }
}
