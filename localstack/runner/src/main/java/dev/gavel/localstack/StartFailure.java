package dev.gavel.localstack;

/// The platform cannot run; the message is one sentence for the person at the keyboard: what is the matter and what to
/// do about it.
final class StartFailure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    StartFailure(String sentence) {
        super(sentence);
    }

    StartFailure(String sentence, Throwable cause) {
        super(sentence, cause);
    }
}
