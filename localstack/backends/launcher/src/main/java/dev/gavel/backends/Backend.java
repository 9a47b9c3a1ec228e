package dev.gavel.backends;

import java.net.URI;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/// The servers there are, each with the class that starts it and the port it has when nobody says otherwise.
enum Backend {
    KAFKA("kafka.KafkaBackend", 19092, "kafka"),
    DYNAMODB("dynamodb.DynamoDbBackend", 18000, "http"),
    SQS("sqs.SqsBackend", 19324, "http"),
    S3("s3.S3Backend", 19000, "http"),
    REDIS("redis.RedisBackend", 16379, "redis");

    private final String className;
    private final int usualPort;
    private final String scheme;

    Backend(String className, int usualPort, String scheme) {
        this.className = Backend.class.getPackageName() + "." + className;
        this.usualPort = usualPort;
        this.scheme = scheme;
    }

    static Backend named(String name) {
        return Arrays.stream(values())
                .filter(backend -> backend.title().equals(name))
                .findAny()
                .orElseThrow(
                        () -> new BackendFailure("There is no backend '%s'; there are %s.".formatted(name, titles())));
    }

    static String titles() {
        return Arrays.stream(values()).map(Backend::title).collect(Collectors.joining(", "));
    }

    String title() {
        return name().toLowerCase(Locale.ROOT);
    }

    String className() {
        return className;
    }

    int usualPort() {
        return usualPort;
    }

    URI endpoint(int port) {
        return URI.create("%s://%s:%d".formatted(scheme, LoopbackPorts.ADDRESS, port));
    }
}
