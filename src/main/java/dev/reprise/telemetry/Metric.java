package dev.reprise.telemetry;

/** What is counted; where Step Functions counts the same (namespace {@code AWS/States}), by its name. */
enum Metric {
    EXECUTIONS_STARTED("ExecutionsStarted"),
    EXECUTIONS_SUCCEEDED("ExecutionsSucceeded"),
    EXECUTIONS_FAILED("ExecutionsFailed"),
    EXECUTIONS_TIMED_OUT("ExecutionsTimedOut"),
    EXECUTIONS_ABORTED("ExecutionsAborted"),
    RESUMES("Resumes"),
    SUSPENSIONS("Suspensions"),
    STATES_ENTERED("StatesEntered"),
    RETRIES("Retries"),
    ITEMS_SUCCEEDED("ItemsSucceeded"),
    ITEMS_FAILED("ItemsFailed"),
    TASKS_SCHEDULED("TasksScheduled"),
    TASKS_SUCCEEDED("TasksSucceeded"),
    TASKS_FAILED("TasksFailed"),
    JOURNAL_WRITES("JournalWrites"),
    JOURNAL_WRITE_UNITS("JournalWriteUnits"),
    JOURNAL_READ_UNITS("JournalReadUnits"),
    COLD_STARTS("ColdStarts");

    private final String cloudWatchName;

    Metric(String cloudWatchName) {
        this.cloudWatchName = cloudWatchName;
    }

    String cloudWatchName() {
        return cloudWatchName;
    }
}
