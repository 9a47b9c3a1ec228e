package dev.gavel.shipping;

import dev.gavel.testkit.ArchitectureRules;
import org.junit.jupiter.api.Test;

class ShippingArchitectureTest {

    @Test
    void theContextKeepsTheRules() {
        ArchitectureRules.checkFunctions("dev.gavel.shipping");
    }
}
