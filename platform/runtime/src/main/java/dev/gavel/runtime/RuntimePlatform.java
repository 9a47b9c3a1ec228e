package dev.gavel.runtime;

import dev.gavel.kernel.Ids;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// What every function gets: clock, ids, the way to the Broker, the check of tokens, and meters. Each bean
/// can be replaced by one of the same name in a later wiring class.
@Configuration(proxyBeanMethods = false)
public class RuntimePlatform {

    @Bean
    Clock clock() {
        return Clock.systemUTC();
    }

    @Bean
    Ids ids(Clock clock) {
        return Ids.secure(clock);
    }

    @Bean
    ReceiptTime receiptTime(Clock clock) {
        return _ -> clock.instant();
    }

    @Bean
    FactPublisher factPublisher(Settings settings) {
        return new HttpFactPublisher(settings);
    }

    @Bean
    EventPublisher eventPublisher(Settings settings) {
        return new HttpEventPublisher(settings);
    }

    @Bean
    CallerVerifier callerVerifier(Settings settings, Clock clock, JwksKeys keys) {
        return new JwtCallerVerifier(settings, clock, keys);
    }

    @Bean
    MeterRegistry meterRegistry() {
        return new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    }
}
