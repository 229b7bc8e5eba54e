package dev.reprise.examples;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.quarkus.runtime.annotations.RegisterForReflection;
import org.junit.jupiter.api.Test;

/** What would show only in a native executable. */
class NativeTypesTest {

    @Test
    void jacksonMayReadAndWriteTheTypesOfTasks() {
        classes()
                .that()
                .areRecords()
                .should()
                .beAnnotatedWith(RegisterForReflection.class)
                .because("Jackson finds a record's parts by reflection, which a native executable forgets unless told")
                .check(new ClassFileImporter()
                        .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                        .importPackagesOf(NativeTypesTest.class));
    }
}
