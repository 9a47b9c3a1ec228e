package dev.gavel.payments;

import dev.gavel.testkit.ArchitectureRules;
import org.junit.jupiter.api.Test;

class PaymentsArchitectureTest {

    @Test
    void theContextKeepsTheRules() {
        ArchitectureRules.checkFunctions("dev.gavel.payments");
    }
}
