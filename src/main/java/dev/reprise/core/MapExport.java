package dev.reprise.core;

import com.fasterxml.jackson.databind.JsonNode;
import dev.reprise.core.ResultWriting.Step;
import dev.reprise.execution.Effect;
import dev.reprise.execution.Entry;
import dev.reprise.execution.ErrorNames;
import dev.reprise.execution.JsonSize;
import dev.reprise.execution.MapResults;
import dev.reprise.execution.MapResults.Group;
import dev.reprise.execution.StatesError;
import dev.reprise.query.EvaluationException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Writes the results of one distributed Map state elsewhere: a test before its children start, and when they have ended
 * a file at a time, so that no more than one file is held beside the results.
 */
final class MapExport {

    /** A file is full with so many bytes; the next child's results begin another. */
    private static final long FULL_FILE = 32_000_000;

    private final MapBehaviour map;
    private final MapWriter writer;

    MapExport(MapBehaviour map, MapWriter writer) {
        this.map = map;
        this.writer = writer;
    }

    /** Asks for the test. */
    void test(FanOut fanOut, JsonNode request, Execution execution) {
        fanOut.writing = new ResultWriting(request);
        await(fanOut, execution);
    }

    /**
     * Asks for the first file.
     *
     * @param failure what the state fails with when all is written; null when it succeeds
     */
    void begin(FanOut fanOut, @Nullable StatesError failure, Execution execution) {
        ResultWriting writing = writing(fanOut);
        writing.failure = failure;
        writing.step = Step.FILE;
        goOn(fanOut, execution);
    }

    /** Asks for the next file that has anything in it, or for the manifest. */
    private void goOn(FanOut fanOut, Execution execution) {
        try {
            await(fanOut, execution);
        } catch (EvaluationException e) {
            failed(fanOut, execution.error(fanOut.owner, e), execution);
        }
    }

    private void await(FanOut fanOut, Execution execution) {
        MapResults results = results(fanOut, execution);
        execution.await(fanOut.owner, new Effect.WriteResults(execution.nextEffect(fanOut.owner), map.name, results));
    }

    /** What is to be written now; the same as long as nothing was written since. */
    MapResults results(FanOut fanOut, Execution execution) {
        ResultWriting writing = writing(fanOut);
        ChildRecords children = map.children(fanOut, execution);
        MapResults.Part part = null;
        while (writing.step == Step.FILE && part == null) {
            List<JsonNode> values = values(writing, children);
            if (values.isEmpty()) {
                writing.nextGroup();
            } else {
                part = new MapResults.File(writing.group, writing.number, writer.outputType(), values);
            }
        }
        return new MapResults(
                children.run().arn(),
                writing.request,
                Objects.requireNonNullElseGet(part, () -> new MapResults.Manifest(writing.files())));
    }

    private List<JsonNode> values(ResultWriting writing, ChildRecords children) {
        FanOut fanOut = children.fanOut();
        boolean fixed = writing.to >= 0;
        int end = fixed ? writing.to : fanOut.children.total;
        List<JsonNode> values = new ArrayList<>();
        long bytes = 0;
        int index = writing.from;
        for (; index < end && (fixed || bytes < FULL_FILE); index++) {
            if (group(fanOut, index) == writing.group) {
                int before = values.size();
                writer.tell(children, index, values::add);
                for (JsonNode value : values.subList(before, values.size())) {
                    bytes += JsonSize.of(value);
                }
            }
        }
        writing.to = index;
        return values;
    }

    private static Group group(FanOut fanOut, int index) {
        return switch (fanOut.children.status(index)) {
            case SUCCEEDED -> Group.SUCCEEDED;
            case FAILED, STARTED -> Group.FAILED;
            case SKIPPED -> Group.PENDING;
        };
    }

    /** Something was written, or could not be. */
    void answered(FanOut fanOut, Entry.OfEffect entry, Execution execution) {
        if (entry instanceof Entry.TaskSucceeded written) {
            written(fanOut, written.output(), execution);
        } else if (entry instanceof Entry.TaskFailed notWritten) {
            failed(fanOut, error(fanOut, notWritten.error(), execution), execution);
        }
    }

    private void written(FanOut fanOut, JsonNode answer, Execution execution) {
        ResultWriting writing = writing(fanOut);
        switch (writing.step) {
            case TEST -> {
                writing.step = Step.RUN;
                map.begin(fanOut, execution);
            }
            case FILE -> {
                writing.written(answer);
                goOn(fanOut, execution);
            }
            case MANIFEST -> map.exported(fanOut, answer, writing.failure, execution);
            case RUN -> throw new IllegalStateException("Nothing is written while the children run");
        }
    }

    /** AWS's words for a test that fails, as its users quote them. */
    private static StatesError error(FanOut fanOut, StatesError error, Execution execution) {
        if (writing(fanOut).step != Step.TEST) {
            return error;
        }
        return execution.error(
                fanOut.owner,
                new EvaluationException(
                        ErrorNames.RESULT_WRITER_FAILED,
                        "Failed to write a test manifest into the specified output bucket. | Message from S3: "
                                + error.cause()));
    }

    /** That the state fails already matters more than that this could not be written. */
    private void failed(FanOut fanOut, StatesError error, Execution execution) {
        StatesError first = writing(fanOut).failure;
        map.failRun(fanOut.owner, first == null ? error : first, execution);
    }

    private static ResultWriting writing(FanOut fanOut) {
        return Objects.requireNonNull(fanOut.writing);
    }
}
