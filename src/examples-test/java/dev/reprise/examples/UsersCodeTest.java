package dev.reprise.examples;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The examples are what a user writes. */
class UsersCodeTest {

    private static final Set<String> FOR_USERS =
            Set.of("dev.reprise.examples", "dev.reprise.task", "dev.reprise.dataset");

    @Test
    void usesOnlyWhatIsThereForUsers() {
        noClasses()
                .should()
                .dependOnClassesThat(DescribedPredicate.describe(
                        "belong to the engine",
                        (JavaClass type) -> type.getPackageName().startsWith("dev.reprise.")
                                && !FOR_USERS.contains(type.getPackageName())))
                .check(new ClassFileImporter()
                        .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                        .importPackages("dev.reprise.examples"));
    }
}
