package dev.reprise.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.net.BindException;
import java.net.URI;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Lets any Step Functions client ask a deployed function. */
@Command(
        name = "proxy",
        description = {
            "Signs what any Step Functions client of this machine asks, and passes it on to a deployed function.",
            "Whoever can reach the port, on this machine alone, asks with your rights. Ctrl-C ends it."
        },
        footer = {
            "",
            "Example: reprise proxy --endpoint https://abc123.lambda-url.eu-west-1.on.aws/ --profile shop",
            "Exit code 3 when the port is in use, or there are no credentials."
        })
final class ProxyCommand implements Callable<Integer> {

    private static final int LAST_PORT = 65_535;

    @Option(
            names = "--endpoint",
            paramLabel = "URL",
            required = true,
            description = "The function's URL, or that of an API Gateway before it.")
    URI endpoint;

    @Option(names = "--port", defaultValue = "8084", description = "Where it listens; 8084 by default, 0 for any.")
    int port;

    @Mixin
    SigningOptions options = new SigningOptions();

    @Spec
    CommandSpec spec;

    @Override
    public Integer call() throws IOException, InterruptedException {
        Signing signing = options.signing(Endpoint.checked(endpoint), System.getenv());
        if (signing == null) {
            throw new CommandException(ExitCode.USAGE, whyUnsigned());
        }
        if (port < 0 || port > LAST_PORT) {
            throw new CommandException(ExitCode.USAGE, "A port is 0 to " + LAST_PORT + ", not " + port);
        }
        signing.credentials().resolve();
        PrintWriter err = spec.commandLine().getErr();
        SigningProxy proxy = start(signing, err);
        Runtime.getRuntime().addShutdownHook(new Thread(proxy::close, "end"));
        PrintWriter out = spec.commandLine().getOut();
        err.println("What comes here is " + signing + ", and goes to " + endpoint + ". Ctrl-C ends it.");
        err.println("Where your client runs, with any credentials:");
        err.println();
        out.println("export AWS_ENDPOINT_URL_SFN=http://127.0.0.1:" + proxy.port()
                + " AWS_DISABLE_HOST_PREFIX_INJECTION=true");
        out.flush();
        // Until the process is told to end.
        new CountDownLatch(1).await();
        return ExitCode.OK;
    }

    private SigningProxy start(Signing signing, PrintWriter err) throws IOException {
        try {
            return SigningProxy.start(port, endpoint, signing, err::println);
        } catch (BindException e) {
            throw new CommandException(
                    "Port " + port + " is in use. Say another, --port PORT, or 0 for any that is free");
        }
    }

    private String whyUnsigned() {
        return AwsHost.isLoopback(endpoint)
                ? endpoint + " is on this machine, where nothing is signed: give it to the client as it is"
                : "The name " + endpoint.getHost() + " does not tell what requests to it are signed for. Say --service"
                        + " execute-api where an API Gateway is behind it, --service lambda where a function's URL is";
    }
}
