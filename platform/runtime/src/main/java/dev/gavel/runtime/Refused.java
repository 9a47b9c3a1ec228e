package dev.gavel.runtime;

/// Ends the work on a request early with an answer; internal to the edge.
final class Refused extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient Answer answer;

    Refused(Answer answer) {
        super(null, null, false, false);
        this.answer = answer;
    }

    Answer answer() {
        return answer;
    }
}
