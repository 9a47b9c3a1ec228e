package dev.gavel.accounts;

import dev.gavel.testkit.ArchitectureRules;
import org.junit.jupiter.api.Test;

class AccountsArchitectureTest {

    @Test
    void theRulesOfFunctionModulesHold() {
        ArchitectureRules.checkFunctions("dev.gavel.accounts");
    }
}
