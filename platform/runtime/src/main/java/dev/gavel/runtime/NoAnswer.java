package dev.gavel.runtime;

/// There is no answer, or none that can be read: it may or may not have been done.
public final class NoAnswer extends Exception {

    private static final long serialVersionUID = 1L;

    private final String why;

    /// @param why a word that is safe to log
    public NoAnswer(String why) {
        super(why, null, false, false);
        this.why = why;
    }

    public String why() {
        return why;
    }
}
