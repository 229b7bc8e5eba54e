package dev.reprise.simulation;

/** What must happen often enough in a simulation, or it shows nothing. */
enum Occurrence {
    INVOCATION("invocations"),
    TASK("tasks begun"),
    SEGMENT("segments written"),
    CRASH("processes that died between two steps"),
    FREEZE("processes that were frozen beyond the end of their lease"),
    DEADLINE("invocations cut off at their deadline"),
    OVERLAP("leases taken from an invocation that still ran"),
    TAKE_OVER("leases taken from an invocation that had died"),
    FENCE("invocations fenced at a segment"),
    THROTTLED("requests throttled"),
    FAILED("requests that did not arrive"),
    ANSWER_LOST("answers lost"),
    LATE("requests given up and then carried out"),
    UNAVAILABLE("invocations that failed because the table was out of reach"),
    WAKE_UP_LOST("wake-ups lost"),
    WAKE_UP_REPEATED("wake-ups that came more than once"),
    SWEEP("executions that the sweeper woke up"),
    DELETION("executions deleted after their retention"),
    NAME_REUSED("names given to another execution after a deletion"),
    NAME_CLAIMED("names that were asked for while somebody deleted"),
    NOT_STARTED("starts that came to nothing and were not repeated"),
    CHILD("executions that tasks have started"),
    CHILD_REDRIVEN("redrives of such executions"),
    TWIN("redriven executions held against an undisturbed twin"),
    JOB("jobs submitted"),
    JOB_POLLED_BY_ANOTHER("jobs polled by another invocation than has submitted them"),
    JOB_CANCELLED("jobs cancelled"),
    COLD("invocations that take long over everything that they work out"),
    AMID_WORK("invocations whose time ran out amid work"),
    DATA_READ("data sets read"),
    DATA_READ_AGAIN("data sets read again by a later invocation"),
    DATA_OUT_OF_REACH("data sets that could not be read for a moment"),
    DATA_AWAITED("executions that waited for data out of reach"),
    DATA_LOST("executions that failed because their data was lost"),
    DEAF("tasks that heed no interrupt"),
    RAN_ON("such tasks that ran on when their invocation answered"),
    NO_PROGRESS("executions that failed because they went on without end"),
    STOP("stops"),
    REDRIVE("redrives"),
    CALLBACK("callbacks accepted"),
    HEARTBEAT("heartbeats accepted"),
    ACTIVITY("tasks given to an activity's worker"),
    INTERRUPTED("tasks given up because they must not run twice"),
    SNAPSHOT("snapshots read"),
    LARGE_VALUE("values beside the journal");

    private final String text;

    Occurrence(String text) {
        this.text = text;
    }

    @Override
    public String toString() {
        return text;
    }
}
