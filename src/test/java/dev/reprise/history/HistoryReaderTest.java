package dev.reprise.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reprise.core.event.HistoryEvent;
import dev.reprise.core.event.HistoryEventType;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which events a page holds, and where the next one goes on. */
class HistoryReaderTest {

    private static final String TASK =
            "{'StartAt': 'A', 'States': {'A': {'Type': 'Task', 'Resource': 'task:a', 'End': true}}}";

    /** Counts from n up to 3. */
    private static final String LOOP = """
        {'StartAt': 'More', 'States': {
        'More': {'Type': 'Choice', 'Choices': [{'Variable': '$.n', 'NumericEquals': 3, 'Next': 'Done'}], 'Default': 'N'},
        'N': {'Type': 'Pass', 'Parameters': {'n.$': 'States.MathAdd($.n, 1)'}, 'Next': 'More'},
        'Done': {'Type': 'Succeed'}}}\
        """;

    private static final String LARGE_LOOP = LOOP.replace("'Parameters': {", "'Parameters': {'large.$': '$.large', ");

    @ParameterizedTest
    @CsvSource({"1, false", "2, false", "7, false", "100, false", "1, true", "2, true", "7, true", "100, true"})
    void allPagesTogetherAreTheWholeHistory(int maxResults, boolean reverseOrder) {
        Replayed execution = new Replayed(LOOP, "{'n': 0}");
        List<HistoryEvent> whole = execution
                .page(HistoryQuery.firstPage(HistoryQuery.LARGEST_MAX_RESULTS))
                .events();

        List<HistoryEvent> paged = new ArrayList<>();
        PageToken next = null;
        do {
            HistoryPage page = execution.page(new HistoryQuery(maxResults, reverseOrder, true, next));
            assertThat(page.events()).hasSizeBetween(1, maxResults);
            paged.addAll(page.events());
            next = page.next() == null ? null : PageToken.parse(page.next().text());
        } while (next != null);

        assertThat(whole).hasSize(18).extracting(HistoryEvent::id).first().isEqualTo(1L);
        assertThat(reverseOrder ? paged.reversed() : paged).isEqualTo(whole);
    }

    @Test
    void thePageThatEndsWithTheHistoryIsTheLast() {
        Replayed execution = new Replayed(LOOP, "{'n': 0}");

        assertThat(execution.page(HistoryQuery.firstPage(18)).next()).isNull();
        assertThat(execution.page(HistoryQuery.firstPage(17)).next()).isEqualTo(new PageToken(17, false, 0));
        assertThat(execution.page(new HistoryQuery(18, true, true, null)).next())
                .isNull();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aPageEndsEarlyRatherThanHoldMuchData(boolean reverseOrder) {
        String megabyte = "'" + "x".repeat(1_000_000) + "'";
        Replayed execution = new Replayed(TASK, megabyte).succeeded("/:1", megabyte);

        HistoryPage page = execution.page(new HistoryQuery(100, reverseOrder, true, null));

        assertThat(page.events()).hasSize(1);
        assertThat(page.next()).isNotNull();
        assertThat(execution
                        .page(new HistoryQuery(100, reverseOrder, false, null))
                        .events())
                .hasSize(7);
    }

    @Test
    void fewEventsOfMuchDataAreHeldInPartOnly() {
        Replayed execution = new Replayed(LARGE_LOOP, "{'n': 0, 'large': '" + "x".repeat(4_000_000) + "'}");
        AtomicInteger replays = new AtomicInteger();
        HistoryReader reader = new HistoryReader(execution.source(replays::incrementAndGet));

        List<HistoryEvent> latestFirst = new ArrayList<>();
        PageToken next = null;
        do {
            HistoryPage page = reader.page(new HistoryQuery(100, true, true, next));
            assertThat(page.events()).hasSize(1);
            latestFirst.addAll(page.events());
            next = page.next();
        } while (next != null);

        assertThat(latestFirst).hasSize(18);
        // Two for the latest event, then one for each 32 MB.
        assertThat(replays).hasValueBetween(4, 6);
    }

    @Test
    void aPageWithoutDataIsNotShortForTheDataThatItDoesNotTell() {
        Replayed execution = new Replayed(LARGE_LOOP, "{'n': 0, 'large': '" + "x".repeat(4_000_000) + "'}");
        HistoryReader reader = new HistoryReader(execution.source(() -> {}));

        assertThat(reader.page(new HistoryQuery(100, true, false, new PageToken(18, true, 0)))
                        .events())
                .hasSize(17);
    }

    @Test
    void aReplayThatHasToldMuchMoreThanAPageHoldsIsNotKept() {
        Replayed large = new Replayed(LARGE_LOOP, "{'n': 0, 'large': '" + "x".repeat(4_000_000) + "'}");
        Replayed small = new Replayed(LARGE_LOOP, "{'n': 0, 'large': ''}");
        HistoryReader ofLarge = new HistoryReader(large.source(() -> {}));
        HistoryReader ofSmall = new HistoryReader(small.source(() -> {}));

        ofLarge.page(HistoryQuery.firstPage(1));
        ofSmall.page(HistoryQuery.firstPage(1));

        assertThat(ofLarge.standsInTheMidst()).isFalse();
        assertThat(ofSmall.standsInTheMidst()).isTrue();
    }

    @Test
    void withoutExecutionDataNothingOfTheWorkflowsOwnIsTold() {
        Replayed execution = new Replayed(TASK, "{'secret': 1}").succeeded("/:1", "'secret'");

        assertThat(execution.page(new HistoryQuery(100, false, false, null)).events())
                .hasSize(7)
                .allSatisfy(event ->
                        assertThat(EventWriter.write(event).toString()).doesNotContain("secret", "put", "parameters"));
    }

    @Test
    void ofAnExecutionThatRunsWhatHasHappenedSoFarIsTold() {
        Replayed execution = new Replayed(TASK, "{}");

        HistoryPage page = execution.page(HistoryQuery.firstPage(100));

        assertThat(page.events())
                .extracting(HistoryEvent::type)
                .containsExactly(
                        HistoryEventType.ExecutionStarted,
                        HistoryEventType.TaskStateEntered,
                        HistoryEventType.TaskScheduled,
                        HistoryEventType.TaskStarted);
        assertThat(page.next()).isNull();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aLoopThatNeverWaitsIsToldUpToABound(boolean reverseOrder) {
        Replayed endless = new Replayed(LOOP, "{'n': 4}");

        HistoryPage page = endless.page(new HistoryQuery(100, reverseOrder, true, null));

        assertThat(page.events()).hasSize(100);
        assertThat(page.events().get(0).id()).isEqualTo(reverseOrder ? 200_001 : 1);
    }

    @ParameterizedTest
    @CsvSource({"1", "10", "7777"})
    void aLoopThatWasStoppedEndsWhereItHadCome(long transitions) {
        Replayed stopped = new Replayed(LOOP, "{'n': 4}").stoppedAmidWork(transitions, "Enough");

        List<HistoryEvent> latest =
                stopped.page(new HistoryQuery(3, true, true, null)).events();

        // The start, and an entered and an exited for each transition.
        assertThat(latest.get(0).id()).isEqualTo(2 * transitions + 2);
        assertThat(latest)
                .extracting(HistoryEvent::type)
                .startsWith(
                        HistoryEventType.ExecutionAborted,
                        transitions % 2 == 1 ? HistoryEventType.ChoiceStateExited : HistoryEventType.PassStateExited);
        assertThat(latest.get(0).details()).isEqualTo(Replayed.quoted("{'error': 'Enough'}"));
        assertThat(stopped.page(HistoryQuery.firstPage(2)).next()).isEqualTo(new PageToken(2, false, 0));
    }

    @Test
    void whatNobodyCouldCarryOnIsNotCarriedOnToBeTold() {
        Replayed endless = new Replayed(LOOP, "{'n': 4}").givenUp("Reprise.NoProgress");

        List<HistoryEvent> events = endless.page(HistoryQuery.firstPage(100)).events();

        assertThat(events)
                .extracting(HistoryEvent::type)
                .containsExactly(HistoryEventType.ExecutionStarted, HistoryEventType.ExecutionFailed);
        assertThat(events.get(1).timestamp()).isEqualTo(Replayed.NOON.plusSeconds(1));
        assertThat(events.get(1).details())
                .isEqualTo(Replayed.quoted("{'error': 'Reprise.NoProgress', 'cause': 'ten times'}"));
    }

    @Test
    void aTokenThatIsNoneIsRefused() {
        assertThatThrownBy(() -> PageToken.parse("page 2"))
                .hasMessage("Not a token of a history: 'page 2'. Pass on the nextToken of the page before as it is");
        assertThatThrownBy(() -> new HistoryQuery(100, true, true, new PageToken(5, false, 3)))
                .hasMessage("The token 'after-5@3' is from a request with reverseOrder false: a history is paged in one"
                        + " direction");
    }
}
