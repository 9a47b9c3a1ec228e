package dev.gavel.catalog;

import dev.gavel.testkit.ArchitectureRules;
import org.junit.jupiter.api.Test;

class CatalogArchitectureTest {

    @Test
    void theContextKeepsTheRules() {
        ArchitectureRules.checkFunctions("dev.gavel.catalog");
    }
}
