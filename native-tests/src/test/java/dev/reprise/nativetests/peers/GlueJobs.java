package dev.reprise.nativetests.peers;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.TreeMap;

/** Glue: its jobs are done once they have been asked for so many times. */
public final class GlueJobs extends JsonService {

    private final int polls;

    /** How often each run was asked for. Guarded by this. */
    private final Map<String, Integer> runs = new TreeMap<>();

    /** @param polls the last of so many finds a job done */
    public GlueJobs(int polls) {
        this.polls = polls;
    }

    @Override
    synchronized ObjectNode answer(String operation, JsonNode request) {
        ObjectNode answer = JSON.createObjectNode();
        String id = request.path("RunId").asText();
        if (operation.equals("StartJobRun")) {
            String begun = "jr_" + (runs.size() + 1);
            runs.put(begun, 0);
            return answer.put("JobRunId", begun);
        }
        if (operation.equals("GetJobRun") && runs.containsKey(id)) {
            boolean done = runs.merge(id, 1, Integer::sum) >= polls;
            answer.putObject("JobRun")
                    .put("Id", id)
                    .put("JobName", request.path("JobName").asText())
                    .put("JobRunState", done ? "SUCCEEDED" : "RUNNING");
            return answer;
        }
        return refused("EntityNotFoundException", operation + " of " + request);
    }
}
