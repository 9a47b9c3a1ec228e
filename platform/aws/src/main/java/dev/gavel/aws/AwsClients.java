package dev.gavel.aws;

import dev.gavel.runtime.HttpPost;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.System.Logger.Level;
import java.net.HttpURLConnection;
import java.net.URI;
import java.time.Duration;
import java.util.Objects;
import java.util.function.Consumer;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.ContainerCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.profiles.ProfileFile;
import software.amazon.awssdk.regions.Region;

/// Makes clients that start fast and give up in bounded time: an attempt takes as long as the access says,
/// a call with its at most 3 attempts four times that.
public final class AwsClients {

    private static final System.Logger LOG = System.getLogger(AwsClients.class.getName());
    private static final int CONNECT_MILLIS = 1_000;

    private AwsClients() {}

    /// Builds the client after setting everything the access says; `more` may change what is left.
    public static <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C> C build(
            B builder, AwsAccess access, Consumer<ClientOverrideConfiguration.Builder> more) {
        return build(builder, access, new Connections(access.attempt()), more);
    }

    /// The same client, which connects with its service at once, in a thread of its own, where that takes a handshake
    /// of TLS. Its first request waits for that connection, for a second at most.
    ///
    /// @param service where it answers when the access names no endpoint
    public static <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C> C connected(
            B builder, AwsAccess access, URI service, Consumer<ClientOverrideConfiguration.Builder> more) {
        URI endpoint = Objects.requireNonNullElse(access.endpoint(), service);
        Connections connections = new Connections(access.attempt());
        if (endpoint.getScheme().equals("https")) {
            connections.begin(endpoint.resolve("/"));
        }
        return build(builder, access, connections, more);
    }

    private static <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C> C build(
            B builder, AwsAccess access, Connections connections, Consumer<ClientOverrideConfiguration.Builder> more) {
        HttpPost.keepConnections();
        ClientOverrideConfiguration.Builder overrides = ClientOverrideConfiguration.builder()
                .apiCallAttemptTimeout(access.attempt())
                .apiCallTimeout(access.attempt().multipliedBy(4))
                .retryStrategy(AwsRetryStrategy.standardRetryStrategy().toBuilder()
                        .maxAttempts(3)
                        .build())
                // No file is read on the way to the first answer; a developer's profile has no place in a
                // function.
                .defaultProfileFileSupplier(NoProfiles::file)
                .defaultProfileName("default");
        overrides.addExecutionInterceptor(new AwsSpans());
        more.accept(overrides);
        builder.region(Region.of(access.region()))
                .credentialsProvider(credentials(access))
                .overrideConfiguration(overrides.build());
        builder.httpClient(UrlConnectionHttpClient.create(connections::open));
        if (access.endpoint() != null) {
            builder.endpointOverride(access.endpoint());
        }
        return builder.build();
    }

    /// Own connections, because the client would otherwise parse all trusted roots at once, even for a
    /// plain endpoint.
    private static final class Connections {

        private final int readMillis;
        private volatile @Nullable Thread first;
        private @Nullable SSLSocketFactory tls;

        Connections(Duration attempt) {
            this.readMillis = Math.toIntExact(attempt.toMillis());
        }

        /// Makes a connection and leaves it to the JDK, which keeps it for the next one who asks.
        void begin(URI uri) {
            first = Thread.ofVirtual().name("connect-ahead").start(() -> {
                try {
                    HttpURLConnection connection = opened(uri);
                    boolean refused = connection.getResponseCode() >= 400;
                    try (InputStream body = refused ? connection.getErrorStream() : connection.getInputStream()) {
                        if (body != null) {
                            body.transferTo(OutputStream.nullOutputStream());
                        }
                    }
                } catch (IOException | UncheckedIOException e) {
                    LOG.log(Level.DEBUG, "not connected ahead: {0}", e.getMessage());
                }
            });
        }

        HttpURLConnection open(URI uri) {
            Thread other = first;
            if (other != null) {
                try {
                    other.join(Duration.ofMillis(CONNECT_MILLIS));
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
                first = null;
            }
            return opened(uri);
        }

        private HttpURLConnection opened(URI uri) {
            try {
                HttpURLConnection connection = (HttpURLConnection) uri.toURL().openConnection();
                if (connection instanceof HttpsURLConnection secure) {
                    secure.setSSLSocketFactory(tls());
                }
                connection.setConnectTimeout(CONNECT_MILLIS);
                connection.setReadTimeout(readMillis);
                connection.setUseCaches(false);
                return connection;
            } catch (IOException trouble) {
                throw new UncheckedIOException(trouble);
            }
        }

        // One for all connections, as the JDK keeps them by it.
        private synchronized SSLSocketFactory tls() {
            if (tls == null) {
                tls = new OneGroup(HttpsURLConnection.getDefaultSSLSocketFactory());
            }
            return tls;
        }
    }

    /// The credentials the access says.
    public static AwsCredentialsProvider credentials(AwsAccess access) {
        AwsAccess.Keys keys = access.keys();
        if (keys != null) {
            return StaticCredentialsProvider.create(
                    keys.sessionToken() == null
                            ? AwsBasicCredentials.create(keys.id(), keys.secret())
                            : AwsSessionCredentials.create(keys.id(), keys.secret(), keys.sessionToken()));
        }
        return access.podCredentials()
                ? ContainerCredentialsProvider.create()
                : DefaultCredentialsProvider.builder().build();
    }

    private static final class NoProfiles {
        private static final ProfileFile FILE = ProfileFile.aggregator().build();

        static ProfileFile file() {
            return FILE;
        }
    }
}
