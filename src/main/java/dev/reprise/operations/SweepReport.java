package dev.reprise.operations;

/**
 * What a sweep did.
 *
 * @param overdue executions that were due and that nobody had woken up; they are resumed now
 * @param handedOver executions that come due before the next sweep; a wake-up is asked for
 * @param deletedExecutions executions whose retention was over, and of which nothing is left
 * @param deletedItems items that these and others had
 * @param unreadable executions that could not be read; the log says which, and what to do
 * @param more whether something is left for the next sweep
 */
public record SweepReport(
        int overdue, int handedOver, int deletedExecutions, int deletedItems, int unreadable, boolean more) {}
