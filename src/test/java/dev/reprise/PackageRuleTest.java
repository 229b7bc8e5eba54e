package dev.reprise;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.quarkus.arc.profile.IfBuildProfile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The package rule of {@code docs/design.md}: dependencies point one way. */
class PackageRuleTest {

    private static final String PRODUCT_NAME = "dev.reprise.";

    private static final JavaClasses PRODUCT = new ClassFileImporter()
            .withImportOption(place -> !place.contains("/dev/reprise/examples/"))
            // Of the folder alone: to look through the whole class path takes long.
            .importPath(Path.of("target", "classes"));

    /**
     * Each package, and the packages of Reprise that it uses: exactly those, and only such as stand above it. So the
     * arrows have no cycle, and a line that nothing needs any more is noticed.
     */
    private static final Map<String, Set<String>> USES = uses();

    private static Map<String, Set<String>> uses() {
        Map<String, Set<String>> uses = new LinkedHashMap<>();
        uses.put("process", Set.of());
        uses.put("http", Set.of());
        uses.put("asl", Set.of());
        uses.put("asl.parser", Set.of("asl"));
        uses.put("graph", Set.of("asl"));
        uses.put("query", Set.of("asl"));
        uses.put("query.jsonpath", Set.of("asl", "query"));
        uses.put("query.jsonata.base", Set.of("query"));
        uses.put("query.jsonata.regex", Set.of("query.jsonata.base"));
        uses.put("query.jsonata.picture", Set.of("query.jsonata.base", "query.jsonata.regex"));
        uses.put(
                "query.jsonata",
                Set.of("asl", "query", "query.jsonata.base", "query.jsonata.picture", "query.jsonata.regex"));
        uses.put("query.check", Set.of("asl", "query.jsonata", "query.jsonpath"));
        uses.put("execution", Set.of("asl", "query"));
        uses.put("core.event", Set.of("execution"));
        uses.put("core", Set.of("asl", "core.event", "execution", "query", "query.jsonpath"));
        uses.put("history", Set.of("core", "core.event", "execution"));
        uses.put("journal.codec", Set.of("execution"));
        uses.put("journal.store", Set.of("execution", "journal.codec"));
        uses.put("journal.dynamodb", Set.of("execution", "journal.codec", "journal.store"));
        uses.put("journal.seal", Set.of("execution", "journal.codec", "journal.store"));
        uses.put("journal", Set.of("core", "execution", "journal.codec", "journal.store"));
        uses.put("dataset", Set.of("asl", "execution"));
        uses.put("task", Set.of("asl", "execution", "process"));
        uses.put("task.aws.model", Set.of());
        uses.put("task.aws.protocol", Set.of("asl", "task.aws.model"));
        uses.put("task.aws.client", Set.of("task.aws.model", "task.aws.protocol"));
        uses.put("dataset.s3", Set.of("dataset", "task.aws.client", "task.aws.protocol"));
        uses.put("journal.kms", Set.of("journal.seal", "journal.store", "task.aws.client", "task.aws.protocol"));
        uses.put(
                "task.aws",
                Set.of("asl", "execution", "task", "task.aws.client", "task.aws.model", "task.aws.protocol"));
        uses.put(
                "task.aws.integration",
                Set.of(
                        "asl",
                        "execution",
                        "task",
                        "task.aws",
                        "task.aws.client",
                        "task.aws.model",
                        "task.aws.protocol"));
        uses.put(
                "runtime",
                Set.of("asl", "core", "dataset", "execution", "journal", "journal.store", "process", "task"));
        uses.put("wakeup", Set.of());
        uses.put("wakeup.aws", Set.of("execution", "task.aws.client", "task.aws.protocol", "wakeup"));
        uses.put(
                "workflow",
                Set.of("asl", "asl.parser", "core", "execution", "journal", "journal.store", "query", "task"));
        uses.put(
                "operations",
                Set.of(
                        "asl",
                        "core",
                        "core.event",
                        "dataset",
                        "execution",
                        "history",
                        "journal",
                        "journal.codec",
                        "journal.store",
                        "process",
                        "runtime",
                        "task",
                        "wakeup",
                        "workflow"));
        uses.put("trigger", Set.of("asl", "asl.parser", "core", "execution", "operations", "query", "workflow"));
        uses.put("telemetry", Set.of("execution", "journal.store", "operations", "runtime", "task"));
        uses.put(
                "telemetry.trace",
                Set.of("asl", "execution", "process", "runtime", "task.aws.client", "task.aws.protocol"));
        uses.put(
                "testing",
                Set.of(
                        "asl",
                        "asl.parser",
                        "core",
                        "core.event",
                        "dataset",
                        "execution",
                        "journal",
                        "journal.dynamodb",
                        "journal.store",
                        "operations",
                        "query",
                        "query.check",
                        "query.jsonata",
                        "query.jsonpath",
                        "runtime",
                        "task",
                        "workflow"));
        uses.put(
                "testing.teststate",
                Set.of("asl", "asl.parser", "core", "dataset", "execution", "query", "query.check"));
        uses.put(
                "testing.suite",
                Set.of(
                        "asl",
                        "core",
                        "core.event",
                        "execution",
                        "graph",
                        "query",
                        "query.jsonata",
                        "task",
                        "testing",
                        "testing.teststate"));
        uses.put("testing.junit", Set.of("testing", "testing.suite"));
        uses.put("statemachine", Set.of("asl", "core", "execution", "journal", "journal.store", "workflow"));
        uses.put("api.model", Set.of());
        uses.put(
                "api",
                Set.of(
                        "api.model",
                        "asl",
                        "asl.parser",
                        "core",
                        "core.event",
                        "execution",
                        "history",
                        "journal.store",
                        "operations",
                        "query.check",
                        "statemachine",
                        "task",
                        "testing.teststate",
                        "workflow"));
        uses.put("api.http", Set.of("api", "asl", "http", "journal.store", "operations", "process"));
        uses.put(
                "console",
                Set.of(
                        "core",
                        "core.event",
                        "execution",
                        "history",
                        "http",
                        "journal",
                        "journal.store",
                        "operations",
                        "process",
                        "runtime",
                        "task",
                        "testing",
                        "testing.suite",
                        "workflow"));
        uses.put(
                "lambda",
                Set.of("asl", "core", "execution", "history", "http", "operations", "process", "trigger", "workflow"));
        uses.put("local.server", Set.of("http", "process"));
        uses.put(
                "local",
                Set.of(
                        "execution",
                        "history",
                        "http",
                        "journal",
                        "journal.store",
                        "local.server",
                        "operations",
                        "process",
                        "runtime",
                        "task",
                        "wakeup",
                        "workflow"));
        uses.put("function.task", Set.of("task"));
        uses.put(
                "function",
                Set.of(
                        "api",
                        "api.http",
                        "asl",
                        "console",
                        "core",
                        "dataset",
                        "dataset.s3",
                        "http",
                        "journal",
                        "journal.dynamodb",
                        "journal.kms",
                        "journal.seal",
                        "journal.store",
                        "lambda",
                        "local",
                        "local.server",
                        "operations",
                        "process",
                        "query",
                        "query.check",
                        "query.jsonata",
                        "query.jsonpath",
                        "runtime",
                        "statemachine",
                        "task",
                        "task.aws",
                        "task.aws.client",
                        "task.aws.integration",
                        "telemetry",
                        "telemetry.trace",
                        "testing",
                        "testing.teststate",
                        "trigger",
                        "wakeup",
                        "wakeup.aws",
                        "workflow"));
        return uses;
    }

    @TestFactory
    Stream<DynamicTest> aPackageUsesExactlyWhatTheRuleSays() {
        return USES.entrySet().stream()
                .map(entry -> DynamicTest.dynamicTest(
                        entry.getKey(),
                        () -> assertThat(USED.get(entry.getKey()))
                                .containsExactlyInAnyOrderElementsOf(entry.getValue())));
    }

    /** What each package uses in truth. */
    private static final Map<String, Set<String>> USED = used();

    private static Map<String, Set<String>> used() {
        Map<String, Set<String>> used = new HashMap<>();
        for (JavaClass type : PRODUCT) {
            String name = nameOf(type);
            Set<String> targets = used.computeIfAbsent(name, unseen -> new TreeSet<>());
            type.getDirectDependenciesFromSelf().stream()
                    .map(Dependency::getTargetClass)
                    .filter(target -> target.getPackageName().startsWith(PRODUCT_NAME))
                    .map(PackageRuleTest::nameOf)
                    .filter(target -> !target.equals(name))
                    .forEach(targets::add);
        }
        return used;
    }

    private static String nameOf(JavaClass type) {
        return type.getPackageName().substring(PRODUCT_NAME.length());
    }

    @Test
    void aPackageUsesOnlyWhatStandsAboveIt() {
        Set<String> above = new HashSet<>();
        USES.forEach((name, used) -> {
            assertThat(above).as("what stands above " + name).containsAll(used);
            above.add(name);
        });
    }

    @Test
    void everyPackageHasAPlaceInTheRule() {
        assertThat(USES.keySet())
                .as("a new package needs a line in this test and in docs/design.md")
                .containsAll(USED.keySet());
    }

    @Test
    void theDesignDescribesEachPackageInTheSameOrder() throws IOException {
        Pattern row = Pattern.compile("\\| `([a-z0-9.]+)` \\| .+ \\|");
        List<String> described = Files.readAllLines(Path.of("docs", "design.md")).stream()
                .dropWhile(line -> !line.equals("## Packages"))
                .skip(1)
                .takeWhile(line -> !line.startsWith("## "))
                .map(row::matcher)
                .filter(Matcher::matches)
                .map(found -> found.group(1))
                .toList();

        assertThat(described).containsExactlyElementsOf(USES.keySet());
    }

    @Test
    void theFunctionalCoreKnowsNoFramework() {
        noClasses()
                .that()
                .resideInAnyPackage(inside("asl"), inside("query"), inside("execution"), inside("core"))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "io.quarkus..",
                        "io.smallrye..",
                        "io.quarkiverse..",
                        "software.amazon..",
                        "com.amazonaws..",
                        "jakarta..")
                .allowEmptyShould(true)
                .check(PRODUCT);
    }

    @Test
    void onlyTheWiringKnowsOfQuarkusAndItsBeans() {
        noClasses()
                .that()
                .resideOutsideOfPackage(inside("function"))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "io.quarkus..",
                        "io.quarkiverse..",
                        "org.eclipse.microprofile..",
                        "io.smallrye.config..",
                        "jakarta..")
                .because("what is made of plain classes can be made in a test, or by others, without a container")
                .check(PRODUCT);
    }

    /**
     * What stays on a developer's machine is made by classes that are no beans in production, so that nothing of it is
     * in a native executable. TestState is an action of the API, in production too.
     */
    @Test
    void onlyWiringOfDevModeAndTestsMakesWhatStaysOnOneMachine() {
        noClasses()
                .that()
                .resideInAPackage(inside("function"))
                .and(areWiredInProduction())
                .should()
                .dependOnClassesThat(resideInAnyPackage(inside("local"), inside("console"), inside("testing"))
                        .and(not(resideInAPackage(inside("testing.teststate")))))
                .check(PRODUCT);
    }

    private static DescribedPredicate<JavaClass> areWiredInProduction() {
        return DescribedPredicate.describe("are wired in production", type -> {
            JavaClass outermost = type;
            while (outermost.getEnclosingClass().isPresent()) {
                outermost = outermost.getEnclosingClass().get();
            }
            return !outermost.isAnnotatedWith(IfBuildProfile.class);
        });
    }

    @Test
    void theFunctionalCoreSeesNoClockNoThreadAndNoFile() {
        noClasses()
                .that()
                .resideInAnyPackage(inside("asl"), inside("query"), inside("execution"), inside("core"))
                .should()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.time.Clock")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(System.class, "nanoTime")
                .orShould()
                .callMethod(java.time.Instant.class, "now")
                .orShould()
                .callMethod(java.util.UUID.class, "randomUUID")
                .orShould()
                .dependOnClassesThat()
                .areAssignableTo(Thread.class)
                .orShould()
                .dependOnClassesThat()
                .areAssignableTo(ThreadLocal.class)
                .orShould()
                .dependOnClassesThat()
                .resideInAnyPackage("java.nio.file..", "java.net..", "java.util.concurrent..")
                .because("what the interpreter computes must be the same on every replay")
                .allowEmptyShould(true)
                .check(PRODUCT);
    }

    /** Static fields are filled when the executable is compiled: each copy of it would draw the same numbers. */
    @Test
    void noStaticFieldHoldsWhatTheExecutableCannotKeep() {
        noFields()
                .that()
                .areStatic()
                .should()
                .haveRawType(assignableTo(RandomGenerator.class).or(assignableTo(Thread.class)))
                .because("the native compiler refuses sources of random numbers and threads")
                .check(PRODUCT);
    }

    @Test
    void theEngineUsesNoReflection() {
        noClasses()
                .that()
                .resideInAPackage("dev.reprise..")
                .and()
                .resideOutsideOfPackage(inside("testing"))
                .should()
                .dependOnClassesThat()
                .resideInAPackage("java.lang.reflect..")
                .because("a native image must need no reflection of the engine's own; what tests use is not in it")
                .allowEmptyShould(true)
                .check(PRODUCT);
    }

    private static String inside(String name) {
        return "dev.reprise." + name + "..";
    }
}
