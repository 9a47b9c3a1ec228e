package dev.gavel.localstack;

import dev.gavel.runtime.ReceiptTime;
import dev.gavel.runtime.Settings;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// Replaces the clock's receipt time in the functions of a platform that was started for a replay, and nowhere else.
@Configuration(proxyBeanMethods = false)
class ReplayWiring {

    static final String KEY_SETTING = "GAVEL_REPLAY_KEY";

    @Bean
    ReceiptTime receiptTime(Clock clock, Settings settings) {
        return new ReplayTime(clock, settings.text(KEY_SETTING));
    }
}
