package dev.gavel.auctions;

import dev.gavel.testkit.ArchitectureRules;
import org.junit.jupiter.api.Test;

class AuctionsArchitectureTest {

    @Test
    void theContextKeepsTheRules() {
        ArchitectureRules.checkFunctions("dev.gavel.auctions");
    }
}
