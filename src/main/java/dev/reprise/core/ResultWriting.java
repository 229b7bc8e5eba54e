package dev.reprise.core;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.reprise.execution.MapResults.Group;
import dev.reprise.execution.StatesError;
import org.jspecify.annotations.Nullable;

/** How far a distributed Map's results are written. Owned by its {@link FanOut}, and so by its thread. */
final class ResultWriting {

    /** What is done, or is to be done next. */
    enum Step {
        /** A manifest of nothing is written. */
        TEST,
        /** The children run. */
        RUN,
        /** A file is written. */
        FILE,
        /** The manifest is written. */
        MANIFEST
    }

    /** The evaluated request. */
    final JsonNode request;

    Step step = Step.TEST;
    /** What the state fails with when all is written; null when it succeeds. */
    @Nullable
    StatesError failure;

    Group group = Group.FAILED;
    /** Of the group, children from this index on are in the file. */
    int from;
    /** Children from this index on are not in it any more; negative when that is not known yet. */
    int to = -1;
    /** Among the group's files. */
    int number;

    private final ObjectNode files = JsonNodeFactory.instance.objectNode();

    ResultWriting(JsonNode request) {
        this.request = request;
        for (Group each : Group.values()) {
            files.putArray(each.name());
        }
    }

    /** Whether the children have ended. */
    boolean isAfterRun() {
        return step == Step.FILE || step == Step.MANIFEST;
    }

    /** The same while the children run: nothing is written, and nothing has failed. */
    ResultWriting again() {
        ResultWriting again = new ResultWriting(request);
        again.step = Step.RUN;
        return again;
    }

    /** What was written so far. */
    ObjectNode files() {
        return files.deepCopy();
    }

    /** The file is written, and the next one of the group comes. */
    void written(JsonNode file) {
        ((ArrayNode) files.path(group.name())).add(file);
        number++;
        from = to;
        to = -1;
    }

    /** Goes on to the next group, or when there is none to the manifest. */
    void nextGroup() {
        from = 0;
        to = -1;
        number = 0;
        switch (group) {
            case FAILED -> group = Group.PENDING;
            case PENDING -> group = Group.SUCCEEDED;
            case SUCCEEDED -> step = Step.MANIFEST;
        }
    }

    ObjectNode snapshot() {
        ObjectNode out = JsonNodeFactory.instance.objectNode();
        out.set("request", request);
        out.put("step", step.name());
        if (failure != null) {
            out.set("failure", History.put(History.object(), failure));
        }
        if (step == Step.FILE) {
            out.put("group", group.name()).put("from", from).put("to", to).put("number", number);
        }
        out.set("files", files());
        return out;
    }

    static ResultWriting restored(JsonNode in) {
        ResultWriting writing = new ResultWriting(in.path("request"));
        writing.step = Step.valueOf(in.path("step").textValue());
        JsonNode failure = in.get("failure");
        if (failure != null) {
            writing.failure = new StatesError(
                    failure.path("error").textValue(), failure.path("cause").textValue());
        }
        if (writing.step == Step.FILE) {
            writing.group = Group.valueOf(in.path("group").textValue());
            writing.from = SnapshotNumbers.count(in, "from");
            writing.to = SnapshotNumbers.count(in, "to");
            writing.number = SnapshotNumbers.count(in, "number");
        }
        for (Group each : Group.values()) {
            writing.files.set(each.name(), in.path("files").path(each.name()).deepCopy());
        }
        return writing;
    }
}
