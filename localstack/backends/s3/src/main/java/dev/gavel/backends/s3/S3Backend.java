package dev.gavel.backends.s3;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.gaul.s3proxy.CrossOriginResourceSharing;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.blobstore.BlobStore;
import org.gaul.s3proxy.nio2blob.FilesystemNio2BlobStore;
import org.gaul.s3proxy.nio2blob.TransientNio2BlobStore;

/// S3, played by S3Proxy on the loopback address. Requests are signed with version 4 and the keys `test` and
/// `test`.
public final class S3Backend {
    private S3Backend() {}

    /// Starts the server and returns once it takes connections. Options: `port` and, to keep objects
    /// over a restart, `data` (a folder); without it objects live in memory. With `sqs`, the address
    /// of one, the queue that is called as a bucket is is told of every new object in it. Throws when
    /// the port or the folder cannot be used.
    public static AutoCloseable start(Map<String, String> options) throws Exception {
        var server = S3Proxy.builder()
                .blobStore(told(store(options), options))
                .endpoint(URI.create("http://127.0.0.1:" + Objects.requireNonNull(options.get("port"))))
                .awsAuthentication(AuthenticationType.AWS_V4, "test", "test")
                .ignoreUnknownHeaders(true)
                .corsRules(fromLocalPages())
                .build();
        server.start();
        return server::stop;
    }

    private static BlobStore told(BlobStore store, Map<String, String> options) {
        var sqs = options.get("sqs");
        return sqs == null ? store : new ToldOfArrivals(store, URI.create(sqs));
    }

    private static BlobStore store(Map<String, String> options) throws Exception {
        var data = options.get("data");
        if (data == null) {
            return new TransientNio2BlobStore();
        }
        return new FilesystemNio2BlobStore(
                Files.createDirectories(Path.of(data)).toString());
    }

    /// A browser uploads pictures straight to the bucket, from whichever local port the storefront has.
    private static CrossOriginResourceSharing fromLocalPages() {
        return new CrossOriginResourceSharing(
                List.of("http://127\\.0\\.0\\.1:\\d+", "http://localhost:\\d+"),
                List.of("GET", "HEAD", "PUT", "POST"),
                List.of("*"),
                List.of("ETag"),
                "");
    }
}
