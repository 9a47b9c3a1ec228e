package dev.gavel.broker;

/// Says in one sentence which file and resource cannot be obeyed, and why. Thrown while manifests are read, so a plane
/// never starts on half of them.
public final class WrongManifest extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    WrongManifest(String sentence) {
        super(sentence);
    }
}
