package dev.reprise.local;

import dev.reprise.http.HttpAnswer;
import dev.reprise.http.HttpCall;
import dev.reprise.http.HttpEndpoint;
import dev.reprise.local.server.Refusals;
import dev.reprise.workflow.WorkflowCatalogue;
import dev.reprise.workflow.WorkflowFile;
import java.util.List;
import java.util.Objects;

/** What is here, for who looks at the server with a browser; for others the same as text. */
public final class HomePage implements HttpEndpoint {

    /** The page has no script, and is in no other's frame. */
    private static final String POLICY =
            "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors"
                    + " 'none'";

    private final WorkflowCatalogue workflows;
    private final List<Link> links;

    public HomePage(WorkflowCatalogue workflows, List<Link> links) {
        this.workflows = workflows;
        this.links = List.copyOf(links);
    }

    @Override
    public HttpAnswer answer(HttpCall call) {
        if (!call.method().equals("GET") && !call.method().equals("HEAD")) {
            return Refusals.of(405, "This page is read by GET").with("Allow", "GET, HEAD, POST");
        }
        String host = Objects.requireNonNullElse(call.header("Host"), "localhost");
        List<WorkflowFile> files = workflows.all();
        String accept = call.header("Accept");
        return accept != null && accept.contains("text/html")
                ? HttpAnswer.text(200, "text/html; charset=utf-8", html(files, host))
                        .with("Content-Security-Policy", POLICY)
                : HttpAnswer.text(200, "text/plain; charset=utf-8", text(files, host));
    }

    private String text(List<WorkflowFile> files, String host) {
        StringBuilder text = new StringBuilder(Banner.workflows(workflows.folder(), files));
        text.append("\nStart one:\n\n  ").append(Samples.start(Samples.example(files), host));
        text.append("\n\nAll requests:\n\n  ")
                .append(Samples.curl("{\"help\": {}}", host))
                .append('\n');
        links.forEach(link -> text.append('\n')
                .append("http://")
                .append(host)
                .append(link.path())
                .append("  ")
                .append(link.text()));
        return text.append(links.isEmpty() ? "" : "\n").toString();
    }

    private String html(List<WorkflowFile> files, String host) {
        StringBuilder rows = new StringBuilder();
        files.forEach(file -> rows.append(row(file, host)));
        StringBuilder more = new StringBuilder();
        links.forEach(link -> more.append("<li><a href=\"%s\">%s</a> %s</li>\n"
                .formatted(escaped(link.path()), escaped(link.path()), escaped(link.text()))));
        return """
            <!doctype html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="light dark">
            <title>Reprise on this machine</title>
            <style>
            :root { --ink: light-dark(#1c2024, #e8eaed); --soft: light-dark(#5c6670, #9aa4ae);
                    --paper: light-dark(#ffffff, #15181b); --box: light-dark(#f3f5f7, #1f2428);
                    --line: light-dark(#dde2e6, #31383e); --bad: light-dark(#b3261e, #ff8a80);
                    --doubt: light-dark(#8a5a00, #ffc766); --link: light-dark(#0b57d0, #8ab4f8); }
            body { margin: 0 auto; max-width: 58rem; padding: 2.5rem 1.25rem 4rem; background: var(--paper);
                   color: var(--ink); font: 16px/1.5 system-ui, sans-serif; }
            h1 { font-size: 1.5rem; margin: 0; }
            h2 { font-size: 1rem; margin: 2.5rem 0 .5rem; padding-top: 1rem; border-top: 1px solid var(--line); }
            h3 { font-size: 1rem; margin: 1.25rem 0 .25rem; }
            p { margin: .25rem 0; color: var(--soft); }
            a { color: var(--link); }
            pre, code { font: 13px/1.5 ui-monospace, monospace; }
            pre { margin: 0; padding: .6rem .8rem; background: var(--box); border-radius: 6px; overflow-x: auto; }
            small { font-weight: normal; }
            .bad { color: var(--bad); }
            .doubt { color: var(--doubt); }
            </style>
            </head>
            <body>
            <h1>Reprise on this machine</h1>
            <p>Workflows from %s. Add or edit a file at any time; the next run takes it as it is then.</p>
            <h2>Workflows</h2>
            %s
            <h2>Executions</h2>
            <p>Those of a workflow, newest first; how one stands; and every request that there is:</p>
            <pre>%s
            %s
            %s</pre>
            %s
            </body>
            </html>
            """.formatted(
                        escaped(String.valueOf(workflows.folder())),
                        files.isEmpty()
                                ? "<p>None yet. Write one as <code>hello.asl.json</code>; the next request sees it.</p>"
                                : rows,
                        escaped(Samples.curl("{\"list\": \"" + Samples.name(files) + "\"}", host)),
                        escaped(Samples.curl("{\"describe\": \"<execution ARN>\"}", host)),
                        escaped(Samples.curl("{\"help\": {}}", host)),
                        more.isEmpty() ? "" : "<h2>Also here</h2>\n<ul>\n" + more + "</ul>");
    }

    private static String row(WorkflowFile file, String host) {
        if (file.workflow() == null) {
            StringBuilder errors = new StringBuilder();
            file.errors().forEach(error -> errors.append(escaped(error)).append('\n'));
            return "<section><h3>%s <small class=\"bad\">cannot run</small></h3>\n<pre class=\"bad\">%s</pre></section>\n"
                    .formatted(escaped(file.name()), errors);
        }
        StringBuilder warnings = new StringBuilder();
        file.warnings().forEach(warning -> warnings.append(escaped(warning)).append('\n'));
        return "<section><h3>%s</h3>\n<pre>%s</pre>%s</section>\n"
                .formatted(
                        escaped(file.name()),
                        escaped(Samples.start(file, host)),
                        warnings.isEmpty() ? "" : "\n<pre class=\"doubt\">" + warnings + "</pre>");
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }
}
