package dev.gavel.s3;

import dev.gavel.runtime.Settings;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import software.amazon.awssdk.services.s3.S3Client;

/// The beans every context with buckets needs, each made when somebody asks for it. Give it to the
/// host before the context's own wiring.
@Lazy
@Configuration(proxyBeanMethods = false)
public class S3Platform {

    @Bean
    public S3Buckets s3Buckets(Settings settings) {
        return S3Buckets.of(settings);
    }

    @Bean(destroyMethod = "close")
    public S3Client s3Client(Settings settings) {
        return S3Clients.of(settings);
    }
}
