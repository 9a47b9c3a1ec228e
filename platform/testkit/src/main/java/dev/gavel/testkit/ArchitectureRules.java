package dev.gavel.testkit;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;
import dev.gavel.kernel.UseCase;
import java.time.Clock;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The rules of the code that a compiler does not know. A function module has one test that calls
/// `ArchitectureRules.checkFunctions("dev.gavel.auctions")`, other modules call `check`.
public final class ArchitectureRules {

    private static final Pattern FORBIDDEN_NAME = Pattern.compile(
            ".*(Service|Manager|Impl|Helper|Helpers|Util|Utils|Dto|DTO|Handler|Processor)|Abstract[A-Z].*");
    private static final Pattern FORBIDDEN_INTERFACE = Pattern.compile("I[A-Z][a-z].*");
    private static final Pattern WIRING = Pattern.compile(".*(Functions|Application)(__.*)?");
    private static final Pattern BY_TECHNOLOGY =
            Pattern.compile("(Dynamo|Redis|S3|Sqs|Kafka|Http|Smtp|Toss|Argon2)[A-Z].*");
    private static final List<String> TECHNOLOGY = List.of(
            "org.springframework.",
            "software.amazon.",
            "org.redisson.",
            "org.apache.kafka.",
            "io.cloudevents.",
            "jakarta.mail.");
    private static final List<String> TESTING = List.of(
            "org.junit.",
            "junit.",
            "org.assertj.",
            "org.mockito.",
            "org.hamcrest.",
            "org.awaitility.",
            "dev.gavel.testkit.");
    private static final Set<String> CONTEXTS = Set.of(
            "auctions",
            "accounts",
            "catalog",
            "media",
            "payments",
            "orders",
            "notifications",
            "community",
            "insights",
            "operations");

    private ArchitectureRules() {}

    /// Checks what holds everywhere: names, no field injection, no test libraries,
    /// contexts apart.
    ///
    /// @throws AssertionError that lists every violation
    public static void check(String... packages) {
        JavaClasses classes = read(packages);
        everywhere().forEach(rule -> rule.check(classes));
    }

    /// Checks that, and what holds in function modules besides: technology only at the rim, time only
    /// from a `Clock`, no floating point, ids only as ids.
    ///
    /// @throws AssertionError that lists every violation
    public static void checkFunctions(String... packages) {
        JavaClasses classes = read(packages);
        Stream.concat(everywhere().stream(), functions().stream()).forEach(rule -> rule.check(classes));
    }

    static List<ArchRule> everywhere() {
        return List.of(names(), noFieldInjection(), noTestLibraries(), contextsApart("dev.gavel"));
    }

    static List<ArchRule> functions() {
        return List.of(technologyAtTheRim(), timeFromAClock(), noFloatingPoint(), idsAreIds());
    }

    static ArchRule names() {
        return rule("have a name that says what they are", type -> {
            String name = type.getSimpleName();
            boolean wrong = FORBIDDEN_NAME.matcher(name).matches()
                    || type.isInterface() && FORBIDDEN_INTERFACE.matcher(name).matches();
            return wrong ? Stream.of("its name says nothing; name it after what it does or is") : Stream.empty();
        });
    }

    static ArchRule noFloatingPoint() {
        return rule(
                "have no floating point fields",
                type -> type.getFields().stream()
                        .filter(field -> List.of("float", "double", "java.lang.Float", "java.lang.Double")
                                .contains(field.getRawType().getName()))
                        .map(field -> field.getName() + " is inexact; use Money, or long in the smallest unit"));
    }

    static ArchRule noFieldInjection() {
        return rule(
                "take what they need in the constructor",
                type -> type.getFields().stream()
                        .filter(field -> field.getAnnotations().stream()
                                .anyMatch(annotation -> List.of("Autowired", "Inject", "Value", "Resource")
                                        .contains(annotation.getRawType().getSimpleName())))
                        .map(field -> field.getName() + " is injected; make it a parameter of the constructor"));
    }

    static ArchRule noTestLibraries() {
        return rule("do without test libraries", type -> uses(type, TESTING));
    }

    /// @param base the package whose sub-packages are the contexts
    static ArchRule contextsApart(String base) {
        Pattern context = Pattern.compile(Pattern.quote(base) + "\\.([a-z]+)(\\..*)?");
        return rule(
                "know no other context",
                type -> type.getDirectDependenciesFromSelf().stream()
                        .filter(use -> !context(context, type).isEmpty()
                                && !context(context, use.getTargetClass()).isEmpty()
                                && !context(context, type).equals(context(context, use.getTargetClass())))
                        .map(use -> use.getDescription() + "; contexts meet only in events"));
    }

    static ArchRule technologyAtTheRim() {
        return rule("leave technology to wiring and adapters", type -> {
            String name = outermost(type).getSimpleName();
            return WIRING.matcher(name).matches() || BY_TECHNOLOGY.matcher(name).matches()
                    ? Stream.empty()
                    : uses(type, TECHNOLOGY);
        });
    }

    static ArchRule timeFromAClock() {
        return rule("take the time from a Clock or a parameter", type -> {
            if (WIRING.matcher(outermost(type).getSimpleName()).matches()) {
                return Stream.empty();
            }
            return type.getAccessesFromSelf().stream()
                    .filter(access -> wallClock(
                            access.getTargetOwner(), access.getTarget().getFullName()))
                    .map(access -> access.getDescription() + "; a test could not choose the time");
        });
    }

    static ArchRule idsAreIds() {
        return rule("use id types in commands and answers", type -> {
            boolean ofUseCase = type.isRecord()
                    && type.getEnclosingClass()
                            .map(outer -> outer.isAssignableTo(UseCase.class))
                            .orElse(false);
            return !ofUseCase
                    ? Stream.empty()
                    : type.getFields().stream()
                            .filter(field -> field.getRawType().isEquivalentTo(String.class)
                                    && field.getName().matches("id|.*Id"))
                            .map(field -> field.getName() + " is a bare String; use a record such as AuctionId");
        });
    }

    private static boolean wallClock(JavaClass owner, String target) {
        return owner.isEquivalentTo(Clock.class) && target.contains(".system")
                || target.endsWith(".now()") && owner.getPackageName().equals(Instant.class.getPackageName())
                || target.equals("java.lang.System.currentTimeMillis()")
                || target.equals(Date.class.getName() + ".<init>()");
    }

    private static Stream<String> uses(JavaClass type, List<String> packages) {
        return type.getDirectDependenciesFromSelf().stream()
                .filter(use -> packages.stream().anyMatch(use.getTargetClass().getName()::startsWith))
                .map(use -> use.getDescription());
    }

    private static JavaClass outermost(JavaClass type) {
        JavaClass outer = type;
        while (outer.getEnclosingClass().isPresent()) {
            outer = outer.getEnclosingClass().get();
        }
        return outer;
    }

    private static String context(Pattern pattern, JavaClass type) {
        Matcher matcher = pattern.matcher(type.getPackageName());
        return matcher.matches() && CONTEXTS.contains(matcher.group(1)) ? matcher.group(1) : "";
    }

    private static ArchRule rule(String what, Function<JavaClass, Stream<String>> violations) {
        ArchCondition<JavaClass> condition = new ArchCondition<>(what) {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                violations
                        .apply(type)
                        .distinct()
                        .forEach(violation ->
                                events.add(SimpleConditionEvent.violated(type, type.getName() + ": " + violation)));
            }
        };
        return ArchRuleDefinition.classes().should(condition);
    }

    private static JavaClasses read(String... packages) {
        JavaClasses classes = new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages(packages);
        if (classes.isEmpty()) {
            throw new AssertionError("there is no class in " + List.of(packages));
        }
        return classes;
    }
}
