package dev.reprise.history;

import org.jspecify.annotations.Nullable;

/**
 * Which events of a history are wanted, in the words of <a
 * href="https://docs.aws.amazon.com/step-functions/latest/apireference/API_GetExecutionHistory.html">GetExecutionHistory</a>.
 *
 * @param maxResults how many events at most, 1 to 1,000
 * @param reverseOrder whether the latest event comes first
 * @param includeExecutionData whether events tell inputs, outputs, parameters and variables
 * @param from where the page begins; null for the first page
 */
public record HistoryQuery(
        int maxResults,
        boolean reverseOrder,
        boolean includeExecutionData,
        @Nullable PageToken from) {

    /** What AWS gives when nothing is said. */
    public static final int DEFAULT_MAX_RESULTS = 100;

    /** AWS's bound, and this one's. */
    public static final int LARGEST_MAX_RESULTS = 1_000;

    public HistoryQuery {
        if (maxResults < 1 || maxResults > LARGEST_MAX_RESULTS) {
            throw new IllegalArgumentException(
                    "maxResults must be from 1 to " + LARGEST_MAX_RESULTS + ", was " + maxResults);
        }
        if (from != null && from.reverseOrder() != reverseOrder) {
            throw new IllegalArgumentException("The token '" + from.text() + "' is from a request with reverseOrder "
                    + from.reverseOrder() + ": a history is paged in one direction");
        }
    }

    /** The first page of all events, the earliest first. */
    public static HistoryQuery firstPage(int maxResults) {
        return new HistoryQuery(maxResults, false, true, null);
    }
}
