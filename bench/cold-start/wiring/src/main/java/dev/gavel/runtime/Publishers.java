package dev.gavel.runtime;

/// Makes the way to the Broker as `RuntimePlatform` does, for hosts that know nothing of Spring.
public final class Publishers {

    private Publishers() {}

    public static FactPublisher http(Settings settings) {
        return new HttpFactPublisher(settings);
    }
}
