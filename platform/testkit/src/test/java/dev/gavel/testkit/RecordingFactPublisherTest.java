package dev.gavel.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.gavel.events.Fact;
import dev.gavel.events.UserEvent.UserProfileUpdated;
import dev.gavel.events.UserEvent.UserRegistered;
import dev.gavel.kernel.Unavailable;
import dev.gavel.kernel.UserId;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class RecordingFactPublisherTest {

    private final UserRegistered registered =
            new UserRegistered(new UserId("usr_00000000000000000000000000"), "민수", Instant.EPOCH);
    private final Fact<UserRegistered> fact = new Fact<>("/functions/register-user", 1, Instant.EPOCH, registered);

    @Test
    void itRemembersWhatItTookAndCountsWhatItWasAsked() {
        var publisher = new RecordingFactPublisher();
        publisher.publish(fact);
        publisher.refuseEverything();
        assertThatExceptionOfType(Unavailable.class).isThrownBy(() -> publisher.publish(fact));
        publisher.takeEverything();
        publisher.publish(fact);
        assertThat(publisher.facts()).containsExactly(fact, fact);
        assertThat(publisher.facts(UserRegistered.class)).containsExactly(registered, registered);
        assertThat(publisher.facts(UserProfileUpdated.class)).isEmpty();
        assertThat(publisher.ids()).containsOnly("usr_00000000000000000000000000-1");
        assertThat(publisher.attempts()).isEqualTo(3);
        publisher.forget();
        assertThat(publisher.facts()).isEmpty();
    }
}
