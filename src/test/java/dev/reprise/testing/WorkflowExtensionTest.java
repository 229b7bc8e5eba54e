package dev.reprise.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectMethod;

import dev.reprise.testing.junit.WorkflowExtension;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.platform.engine.reporting.ReportEntry;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** What a developer sees of a test of a workflow that fails. */
class WorkflowExtensionTest {

    private static final String PASS =
            "{\"StartAt\": \"Go\", \"States\": {\"Go\": {\"Type\": \"Pass\", \"End\": true}}}";

    /** Runs inside the tests below only. */
    @ExtendWith(WorkflowExtension.class)
    @EnabledIfSystemProperty(named = "reprise.inner-tests", matches = "true")
    static class Inner {

        @Test
        void fails() {
            WorkflowTest.ofDefinition("go", PASS).run();
            Assertions.fail("for another reason");
        }

        @Test
        void succeeds() {
            WorkflowTest.ofDefinition("go", PASS).run().assertSucceeded();
        }
    }

    @Test
    void theTimelineIsShownWhenATestFails() {
        assertThat(published("fails")).singleElement().asString().contains("go is SUCCEEDED after", "PassStateEntered");
    }

    @Test
    void nothingIsShownWhenItSucceeds() {
        assertThat(published("succeeds")).isEmpty();
    }

    private static List<String> published(String method) {
        List<String> entries = new ArrayList<>();
        System.setProperty("reprise.inner-tests", "true");
        try {
            LauncherFactory.create()
                    .execute(
                            LauncherDiscoveryRequestBuilder.request()
                                    .selectors(selectMethod(Inner.class, method))
                                    .build(),
                            new TestExecutionListener() {
                                @Override
                                public void reportingEntryPublished(TestIdentifier test, ReportEntry entry) {
                                    entries.addAll(entry.getKeyValuePairs().values());
                                }
                            });
        } finally {
            System.clearProperty("reprise.inner-tests");
        }
        return entries;
    }
}
