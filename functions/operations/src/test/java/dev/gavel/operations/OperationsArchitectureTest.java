package dev.gavel.operations;

import dev.gavel.testkit.ArchitectureRules;
import org.junit.jupiter.api.Test;

class OperationsArchitectureTest {

    @Test
    void theContextKeepsTheRules() {
        ArchitectureRules.checkFunctions("dev.gavel.operations");
    }
}
