package dev.gavel.media;

import dev.gavel.aws.AwsAccess;
import dev.gavel.aws.AwsClients;
import dev.gavel.dynamo.DynamoOutbox;
import dev.gavel.dynamo.DynamoPlatform;
import dev.gavel.dynamo.DynamoTables;
import dev.gavel.dynamo.RelayFacts;
import dev.gavel.events.PictureEvent.PictureUploaded;
import dev.gavel.imaging.PictureResizer;
import dev.gavel.kernel.Ids;
import dev.gavel.runtime.HttpRoute;
import dev.gavel.runtime.Measures;
import dev.gavel.runtime.OnEvent;
import dev.gavel.runtime.OnTick;
import dev.gavel.runtime.Settings;
import dev.gavel.s3.S3Buckets;
import dev.gavel.s3.S3Clients;
import dev.gavel.s3.S3Platform;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Lazy;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.s3.S3Client;

/// The functions of this context, each with its route, event or schedule.
@Lazy
@Import({DynamoPlatform.class, S3Platform.class})
@Configuration(proxyBeanMethods = false)
public class MediaFunctions {

    private static final System.Logger LOG = System.getLogger(MediaFunctions.class.getName());

    @Bean
    @HttpRoute(value = "POST /v1/pictures", success = 201)
    public PresignUpload presignUpload(Pictures pictures, UploadForms forms, Ids ids) {
        return new PresignUpload(pictures, forms, ids);
    }

    @Bean
    @HttpRoute("GET /v1/pictures/{pictureId}")
    public GetPicture getPicture(Pictures pictures) {
        return new GetPicture(pictures);
    }

    @Bean
    @HttpRoute("DELETE /v1/pictures/{pictureId}")
    public DeleteImage deleteImage(Pictures pictures, PictureFiles files) {
        return new DeleteImage(pictures, files);
    }

    @Bean
    @OnEvent(PictureUploaded.class)
    public ResizeImage resizeImage(Pictures pictures, PictureFiles files, PictureResizer resizer) {
        return new ResizeImage(pictures, files, resizer);
    }

    @Bean
    @OnTick
    public RelayFacts relayPictureFacts(DynamoOutbox outbox, Measures measures) {
        return new RelayFacts(outbox, measures);
    }

    @Bean
    PictureResizer pictureResizer() {
        return PictureResizer.fastest(() -> LOG.log(
                System.Logger.Level.WARNING,
                "libjpeg-turbo is not installed: JPEGs are decoded by the JDK, three times as slowly."));
    }

    @Bean
    Pictures pictures(DynamoDbClient client, DynamoTables tables, DynamoOutbox outbox) {
        return new DynamoPictures(client, tables, outbox);
    }

    @Bean
    PictureFiles pictureFiles(S3Client client, S3Buckets buckets) {
        return new S3PictureFiles(client, buckets);
    }

    @Bean
    UploadForms uploadForms(S3Buckets buckets, Settings settings) {
        AwsAccess access = S3Clients.access(settings);
        return new S3UploadForms(
                AwsClients.credentials(access),
                access.region(),
                buckets.name("uploads"),
                settings.address("GAVEL_UPLOADS_URL"));
    }
}
