package dev.reprise;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The package rule of {@code docs/design.md}: dependencies point one way. */
class PackageRuleTest {

    private static final JavaClasses PRODUCT = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.reprise");

    /** Each package, and the packages of Reprise that it may use. */
    private static final Map<String, List<String>> MAY_USE = mayUse();

    private static Map<String, List<String>> mayUse() {
        Map<String, List<String>> rule = new LinkedHashMap<>();
        rule.put("asl", List.of());
        rule.put("query", List.of("asl"));
        rule.put("core", List.of("asl", "query"));
        rule.put("history", List.of("asl", "query", "core"));
        rule.put("journal", List.of("asl", "query", "core"));
        rule.put("dataset", List.of("asl", "query", "core"));
        rule.put("teststate", List.of("asl", "query", "core", "dataset"));
        rule.put("task", List.of("asl", "query", "core", "journal", "dataset"));
        rule.put("runtime", List.of("asl", "query", "core", "history", "journal", "dataset", "task"));
        rule.put("local", List.of("asl", "query", "core", "history", "journal", "dataset", "task", "runtime"));
        rule.put("examples", List.of("dataset", "task"));
        rule.put("lambda", List.of("asl", "query", "core", "history", "journal", "dataset", "task", "runtime"));
        return rule;
    }

    @TestFactory
    Stream<DynamicTest> aPackageUsesOnlyThoseBelowIt() {
        return MAY_USE.entrySet().stream()
                .map(entry -> DynamicTest.dynamicTest(entry.getKey(), () -> {
                    String[] allowed = Stream.concat(Stream.of(entry.getKey()), entry.getValue().stream())
                            .map(PackageRuleTest::inside)
                            .toArray(String[]::new);
                    classes()
                            .that()
                            .resideInAPackage(inside(entry.getKey()))
                            .should()
                            .onlyDependOnClassesThat(
                                    resideInAnyPackage(allowed).or(resideOutsideOfPackages("dev.reprise..")))
                            .allowEmptyShould(true)
                            .check(PRODUCT);
                }));
    }

    @Test
    void everyPackageHasAPlaceInTheRule() {
        String[] known = MAY_USE.keySet().stream().map(PackageRuleTest::inside).toArray(String[]::new);
        classes()
                .should()
                .resideInAnyPackage(known)
                .because("a new package needs a line in this test and in docs/design.md")
                .allowEmptyShould(true)
                .check(PRODUCT);
    }

    @Test
    void theFunctionalCoreKnowsNoFramework() {
        noClasses()
                .that()
                .resideInAnyPackage(inside("asl"), inside("query"), inside("core"))
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
    void theFunctionalCoreSeesNoClockNoThreadAndNoFile() {
        noClasses()
                .that()
                .resideInAnyPackage(inside("asl"), inside("query"), inside("core"))
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

    @Test
    void theEngineUsesNoReflection() {
        noClasses()
                .that()
                .resideInAPackage("dev.reprise..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("java.lang.reflect..")
                .because("a native image must need no reflection of the engine's own")
                .allowEmptyShould(true)
                .check(PRODUCT);
    }

    private static String inside(String name) {
        return "dev.reprise." + name + "..";
    }
}
