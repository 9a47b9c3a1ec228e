package dev.gavel.notifications;

import dev.gavel.testkit.ArchitectureRules;
import org.junit.jupiter.api.Test;

class NotificationsArchitectureTest {

    @Test
    void theContextKeepsTheRules() {
        ArchitectureRules.checkFunctions("dev.gavel.notifications");
    }
}
