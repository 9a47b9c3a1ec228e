package dev.gavel.media;

import dev.gavel.testkit.ArchitectureRules;
import org.junit.jupiter.api.Test;

class MediaArchitectureTest {

    @Test
    void theRulesOfFunctionsAreKept() {
        ArchitectureRules.checkFunctions("dev.gavel.media");
    }
}
