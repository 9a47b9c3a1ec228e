package dev.gavel.orders;

import dev.gavel.testkit.ArchitectureRules;
import org.junit.jupiter.api.Test;

class OrdersArchitectureTest {

    @Test
    void theContextKeepsTheRules() {
        ArchitectureRules.checkFunctions("dev.gavel.orders");
    }
}
