package dev.gavel.testkit;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.gavel.runtime.InMemoryInbox;
import dev.gavel.runtime.Inbox;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class InMemoryInboxTest extends InboxContract {

    private final Inbox inbox = new InMemoryInbox();

    @Override
    protected Inbox inbox() {
        return inbox;
    }

    @Test
    void theContractFindsAnInboxThatLetsEveryDeliveryThrough() {
        var wrong = contract(Inbox.Claim.CLAIMED);
        fails(wrong::everyLaterDeliveryIsToldThatItIsHandled);
        fails(wrong::aDeliveryWhileTheFirstIsRunningIsToldSo);
        fails(wrong::ofManyDeliveriesAtOnceExactlyOneIsClaimed);
        fails(wrong::ofManyThatTakeOverAtOnceExactlyOneIsClaimed);
    }

    @Test
    void theContractFindsAnInboxThatLetsNothingThrough() {
        var wrong = contract(Inbox.Claim.RUNNING);
        fails(wrong::theFirstDeliveryIsClaimed);
        fails(wrong::aReleasedEventIsClaimedAgain);
        fails(wrong::anotherDeliveryTakesOverWhenTheLeaseRanOut);
        fails(wrong::useCasesAndSourcesAndIdsAreKeptApart);
    }

    private static void fails(Runnable test) {
        assertThatExceptionOfType(AssertionError.class).isThrownBy(test::run);
    }

    private static InboxContract contract(Inbox.Claim always) {
        return new InboxContract() {
            @Override
            protected Inbox inbox() {
                return new Inbox() {
                    @Override
                    public Claim claim(String useCase, String source, String id, Instant now, Duration lease) {
                        return always;
                    }

                    @Override
                    public void handled(String useCase, String source, String id) {}

                    @Override
                    public void release(String useCase, String source, String id) {}
                };
            }
        };
    }
}
