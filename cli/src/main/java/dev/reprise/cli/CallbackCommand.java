package dev.reprise.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Ends a task by its token. */
@Command(
        name = "callback",
        description = "Ends a task by its token, or tells that somebody is still at it.",
        footer = {"", "Example: reprise callback success TOKEN --result '{\"approved\": true}'"},
        subcommands = {CallbackCommand.Success.class, CallbackCommand.Failure.class, CallbackCommand.Heartbeat.class})
final class CallbackCommand {

    /** SendTaskSuccess. */
    @Command(
            name = "success",
            description = "Ends a task with a result.",
            footer = {"", "Example: reprise callback success TOKEN --result @answer.json"})
    static final class Success implements Callable<Integer> {

        @Parameters(paramLabel = "TOKEN")
        String token;

        @Option(names = "--result", paramLabel = "JSON", defaultValue = "{}", description = "JSON, @FILE, or -.")
        String result;

        @Mixin
        Endpoint endpoint = new Endpoint();

        @Override
        public Integer call() {
            endpoint.client()
                    .call(
                            "SendTaskSuccess",
                            StepFunctionsClient.object()
                                    .put("taskToken", token)
                                    .put(
                                            "output",
                                            JsonText.argument("--result", result)
                                                    .toString()));
            return ExitCode.OK;
        }
    }

    /** SendTaskFailure. */
    @Command(
            name = "failure",
            description = "Ends a task with an error.",
            footer = {"", "Example: reprise callback failure TOKEN --error Refused --cause 'too dear'"})
    static final class Failure implements Callable<Integer> {

        @Parameters(paramLabel = "TOKEN")
        String token;

        @Option(names = "--error")
        @Nullable
        String error;

        @Option(names = "--cause")
        @Nullable
        String cause;

        @Mixin
        Endpoint endpoint = new Endpoint();

        @Override
        public Integer call() {
            ObjectNode request = StepFunctionsClient.object().put("taskToken", token);
            if (error != null) {
                request.put("error", error);
            }
            if (cause != null) {
                request.put("cause", cause);
            }
            endpoint.client().call("SendTaskFailure", request);
            return ExitCode.OK;
        }
    }

    /** SendTaskHeartbeat. */
    @Command(
            name = "heartbeat",
            description = "Tells that somebody is still at a task.",
            footer = {"", "Example: reprise callback heartbeat TOKEN"})
    static final class Heartbeat implements Callable<Integer> {

        @Parameters(paramLabel = "TOKEN")
        String token;

        @Mixin
        Endpoint endpoint = new Endpoint();

        @Override
        public Integer call() {
            endpoint.client()
                    .call("SendTaskHeartbeat", StepFunctionsClient.object().put("taskToken", token));
            return ExitCode.OK;
        }
    }
}
