package dev.reprise.api;

import dev.reprise.execution.RequestException;
import dev.reprise.journal.store.CorruptJournalException;
import dev.reprise.journal.store.UnknownVersionException;
import dev.reprise.operations.DetachedExecutions;
import dev.reprise.operations.ExecutionFilter;
import dev.reprise.operations.ExecutionView;
import dev.reprise.operations.MapRunView;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * What can be asked about the runs of distributed Maps, which run inside the execution that they belong to: how they
 * stand follows from its journal. Thread-safe.
 */
final class MapRunActions {

    private static final Logger LOG = Logger.getLogger(MapRunActions.class);

    /** So many executions of the state machine are looked through for one that has the run, the newest first. */
    private static final int MOST_EXECUTIONS = 200;

    /** Of so many runs it is remembered which execution they belong to. */
    private static final int MOST_KNOWN = 10_000;

    private final ApiServices services;

    /** The executions of runs that were told of lately. */
    private final Map<String, String> executions = Collections.synchronizedMap(new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, String> eldest) {
            return size() > MOST_KNOWN;
        }
    });

    MapRunActions(ApiServices services) {
        this.services = services;
    }

    ApiAnswer answer(MapRunRequest request) {
        return switch (request) {
            case MapRunRequest.ListMapRuns(String arn, Paging paging) -> list(arn, paging);
            case MapRunRequest.DescribeMapRun(String arn) -> new MapRunAnswer.Described(require(arn));
            case MapRunRequest.UpdateMapRun update -> update(update);
        };
    }

    private ApiAnswer list(String executionArn, Paging paging) {
        ApiArn.Execution arn = ApiArn.execution(executionArn);
        List<MapRunView> all = ExecutionActions.known(executionArn, () -> runs(executionArn));
        String after = NameToken.read(paging.nextToken());
        int from = from(after, all);
        int to = Math.min(all.size(), from + paging.maxResults());
        String machine = executionArn.substring(0, executionArn.lastIndexOf(":execution:" + arn.machine() + ':'))
                + ":stateMachine:" + arn.machine();
        return new MapRunAnswer.Listed(
                machine, all.subList(from, to), to < all.size() ? NameToken.write(Integer.toString(to)) : null);
    }

    private static int from(String token, List<MapRunView> all) {
        try {
            int from = token.isEmpty() ? 0 : Integer.parseInt(token);
            if (from >= 0 && from <= all.size()) {
                return from;
            }
        } catch (NumberFormatException e) {
            // Told below.
        }
        throw ApiException.invalidToken();
    }

    private List<MapRunView> runs(String executionArn) {
        List<MapRunView> runs = services.detached().mapRuns(executionArn);
        runs.forEach(run -> executions.put(run.mapRunArn(), executionArn));
        return runs;
    }

    private MapRunView require(String mapRunArn) {
        ApiArn.MapRun arn = ApiArn.mapRun(mapRunArn);
        String known = executions.get(mapRunArn);
        MapRunView found = known == null ? null : findIfReadable(known, mapRunArn);
        if (found == null) {
            found = search(arn.machine(), mapRunArn);
        }
        if (found == null) {
            throw ApiException.notFound(mapRunArn);
        }
        return found;
    }

    private @Nullable MapRunView find(String executionArn, String mapRunArn) {
        return runs(executionArn).stream()
                .filter(run -> run.mapRunArn().equals(mapRunArn))
                .findFirst()
                .orElse(null);
    }

    /** Null too where the execution is gone, or cannot be read: that is no answer to who asks for another's run. */
    private @Nullable MapRunView findIfReadable(String executionArn, String mapRunArn) {
        try {
            return find(executionArn, mapRunArn);
        } catch (RequestException | CorruptJournalException | UnknownVersionException e) {
            LOG.warnf("The Map Runs of %s are not known: %s", executionArn, e.getMessage());
            return null;
        }
    }

    private @Nullable MapRunView search(String machine, String mapRunArn) {
        DetachedExecutions.Page page = services.detached().list(ExecutionFilter.of(machine), MOST_EXECUTIONS, null);
        for (ExecutionView execution : page.executions()) {
            MapRunView found = findIfReadable(execution.description().executionArn(), mapRunArn);
            if (found != null) {
                return found;
            }
        }
        return null;
    }

    private ApiAnswer update(MapRunRequest.UpdateMapRun update) {
        MapRunView run = require(update.mapRunArn());
        if (run.status() != MapRunView.Status.RUNNING) {
            throw ApiException.refused(
                    "CANNOT_UPDATE_COMPLETED_MAP_RUN", "Map Run is completed: '" + update.mapRunArn() + "'");
        }
        throw ApiException.violated("The bounds of a Map Run that runs inside its execution follow from the definition,"
                + " and cannot be changed while it runs. Stop the execution, change the definition, and start"
                + " again: '" + update.mapRunArn() + "'");
    }
}
