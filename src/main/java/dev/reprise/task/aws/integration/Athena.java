package dev.reprise.task.aws.integration;

import dev.reprise.task.aws.LegacyErrors;

/**
 * {@code athena}: queries.
 *
 * @see <a href="https://docs.aws.amazon.com/step-functions/latest/dg/connect-athena.html">AWS, Athena</a>
 */
final class Athena {

    private static final JobKind QUERY = JobKind.described(
                    "getQueryExecution", "{\"QueryExecutionId\": \"/QueryExecutionId\"}")
            .at("/QueryExecution", "/Status/State")
            .succeedingIn("SUCCEEDED")
            .failingIn("FAILED", "CANCELLED")
            .givingTheAnswer()
            .cancelledBy("stopQueryExecution", "{\"QueryExecutionId\": \"/QueryExecutionId\"}");

    static final ServiceIntegration INTEGRATION = ServiceIntegration.of(
                    "athena", new LegacyErrors("Athena", "AmazonAthena"))
            .with(
                    "startQueryExecution",
                    Action.of("athena", "startQueryExecution").waitingFor(QUERY))
            .with("stopQueryExecution", Action.of("athena", "stopQueryExecution"))
            .with("getQueryExecution", Action.of("athena", "getQueryExecution"))
            .with("getQueryResults", Action.of("athena", "getQueryResults"));

    private Athena() {}
}
