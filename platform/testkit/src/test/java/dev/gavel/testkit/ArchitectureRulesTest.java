package dev.gavel.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ArchitectureRulesTest {

    private static final JavaClasses WRONG = new ClassFileImporter().importPackages("dev.gavel.wrong");

    /// Each rule with the classes that break it, and nothing but those.
    static Stream<Arguments> rules() {
        return Stream.of(
                Arguments.of(ArchitectureRules.names(), List.of("AbstractBid", "BidManager", "IBids")),
                Arguments.of(ArchitectureRules.noFloatingPoint(), List.of("InexactPrice")),
                Arguments.of(ArchitectureRules.noFieldInjection(), List.of("InjectedField")),
                Arguments.of(ArchitectureRules.noTestLibraries(), List.of("AssertingBid")),
                Arguments.of(ArchitectureRules.contextsApart("dev.gavel.wrong"), List.of("auctions.Seller")),
                Arguments.of(ArchitectureRules.technologyAtTheRim(), List.of("InjectedField", "SpringyRule")),
                Arguments.of(ArchitectureRules.timeFromAClock(), List.of("OwnClock", "WallClock")),
                Arguments.of(ArchitectureRules.idsAreIds(), List.of("BuyNow$Command")));
    }

    @ParameterizedTest
    @MethodSource("rules")
    void aRuleFindsTheClassesThatBreakItAndNoOthers(ArchRule rule, List<String> broken) {
        assertThat(rule.evaluate(WRONG).getFailureReport().getDetails())
                .extracting(detail -> detail.substring("dev.gavel.wrong.".length(), detail.indexOf(':')))
                .containsOnly(broken.toArray(String[]::new));
    }

    @Test
    void theWallClockIsFoundInCallsAndReferences() {
        assertThat(ArchitectureRules.timeFromAClock()
                        .evaluate(WRONG)
                        .getFailureReport()
                        .getDetails())
                .anyMatch(detail -> detail.contains("WallClock.direct()"))
                .anyMatch(detail -> detail.contains("WallClock.byReference()"))
                .anyMatch(detail -> detail.contains("WallClock.millis()"));
    }

    @Test
    void everyRuleIsPartOfACheck() {
        assertThat(rules().count())
                .isEqualTo(ArchitectureRules.everywhere().size()
                        + ArchitectureRules.functions().size());
    }

    @Test
    void thePlatformKeepsTheRulesThatHoldEverywhere() {
        ArchitectureRules.check("dev.gavel.kernel", "dev.gavel.events", "dev.gavel.runtime");
    }

    @Test
    void theKernelAndTheEventsKeepTheRulesOfFunctionsToo() {
        ArchitectureRules.checkFunctions("dev.gavel.kernel", "dev.gavel.events");
    }

    @Test
    void aPackageWithoutClassesIsAnErrorAndNotASuccess() {
        assertThatExceptionOfType(AssertionError.class).isThrownBy(() -> ArchitectureRules.check("dev.gavel.nowhere"));
    }
}
