package dev.gavel.backends.s3;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import org.gaul.s3proxy.blobstore.BlobStore;
import org.gaul.s3proxy.blobstore.ForwardingBlobStore;
import org.gaul.s3proxy.blobstore.domain.MultipartUpload;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadResponse;
import software.amazon.awssdk.services.s3.model.CopyObjectRequest;
import software.amazon.awssdk.services.s3.model.CopyObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;

/// Tells the queue that is called as a bucket is of every new object in it, as S3 does where a bucket
/// has a notification configuration, which S3Proxy does not know. It is told before whoever put the
/// object is answered, so that nobody who was told of success is forgotten.
final class ToldOfArrivals extends ForwardingBlobStore {

    /// Of objects S3Proxy makes for itself.
    private static final String OWN = ".s3proxy-";
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final URI queues;
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(PATIENCE)
            .build();

    /// @param sqs where the SQS of this platform answers
    ToldOfArrivals(BlobStore store, URI sqs) {
        super(store);
        this.queues = sqs.resolve("/000000000000/");
    }

    @Override
    public PutObjectResponse putBlob(PutObjectRequest request, InputStream bytes) {
        var response = super.putBlob(request, bytes);
        tell("Put", request.bucket(), request.key(), response.eTag());
        return response;
    }

    @Override
    public CopyObjectResponse copyBlob(CopyObjectRequest request) {
        var response = super.copyBlob(request);
        tell(
                "Copy",
                request.destinationBucket(),
                request.destinationKey(),
                response.copyObjectResult().eTag());
        return response;
    }

    @Override
    public CompleteMultipartUploadResponse completeMultipartUpload(
            MultipartUpload upload, CompleteMultipartUploadRequest request) {
        var response = super.completeMultipartUpload(upload, request);
        tell("CompleteMultipartUpload", request.bucket(), request.key(), response.eTag());
        return response;
    }

    private void tell(String how, String bucket, String key, String eTag) {
        if (key.startsWith(OWN)) {
            return;
        }
        var size = blobMetadata(
                        HeadObjectRequest.builder().bucket(bucket).key(key).build())
                .contentLength();
        var message = """
                {"Records":[{"eventVersion":"2.1","eventSource":"aws:s3","awsRegion":"ap-northeast-2","eventTime":"%s",\
                "eventName":"ObjectCreated:%s","s3":{"s3SchemaVersion":"1.0","bucket":{"name":"%s"},\
                "object":{"key":"%s","size":%d,"eTag":"%s","sequencer":"%016X"}}}]}""".formatted(
                        Instant.now(), how, bucket, encoded(key), size, eTag.replace("\"", ""), System.nanoTime());
        var form = "Action=SendMessage&Version=2012-11-05&MessageBody=" + encoded(message);
        var answer = send(HttpRequest.newBuilder(queues.resolve(bucket))
                .timeout(PATIENCE)
                .header("content-type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(form))
                .build());
        if (answer.statusCode() != 200 && !answer.body().contains("NonExistentQueue")) {
            throw new IllegalStateException("SQS answered %d when it was told of %s/%s: %s"
                    .formatted(answer.statusCode(), bucket, key, answer.body()));
        }
    }

    private HttpResponse<String> send(HttpRequest request) {
        try {
            return client.send(request, BodyHandlers.ofString());
        } catch (IOException trouble) {
            throw new UncheckedIOException(trouble);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new UncheckedIOException(new InterruptedIOException("SQS was not told"));
        }
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        client.close();
        super.close();
    }
}
