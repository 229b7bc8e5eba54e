package dev.reprise.local;

import com.sun.net.httpserver.HttpExchange;
import dev.reprise.http.HttpAnswer;
import dev.reprise.http.HttpCall;
import dev.reprise.http.HttpEndpoint;
import dev.reprise.local.server.Exchanges;
import dev.reprise.local.server.Refusals;
import dev.reprise.local.server.SameMachine;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import org.jboss.logging.Logger;

/**
 * The requests that one application answers: the one that is made from the code as it is until somebody changes it.
 * Then the next takes its place, and gets what this one has not finished: requests that come meanwhile, and those that
 * it was about, for instance because they wait for the end of an execution.
 *
 * <p>Only types of the JDK are common to both, for each has its own class loader: a request goes over as the exchange,
 * with the id by which both know it. So what was started under that id is found again.
 */
public final class ApplicationRequests implements BiConsumer<HttpExchange, String>, AutoCloseable {

    /** The header in which a call has its id. What a client sends in it is not heeded. */
    public static final String CALL_ID = "Reprise-Call-Id";

    private static final Logger LOG = Logger.getLogger(ApplicationRequests.class);

    /** What was interrupted is waited for so long. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    /** The next application is waited for so long. */
    private static final Duration NEXT = Duration.ofMinutes(2);

    private static final int MILLIS_BETWEEN_LOOKS = 20;

    private final AtomicReference<BiConsumer<HttpExchange, String>> current;
    private final SameMachine guarded;
    private final Predicate<HttpCall> seesCode;
    private final CodeChanges changes;
    private final ClassLoader loader;

    /** Threads that answer calls. Guarded by this. */
    private final Set<Thread> answering = new HashSet<>();

    /** Guarded by this. */
    private boolean closed;

    /**
     * Answers nothing before it stands in {@code current}.
     *
     * @param current who answers requests now
     * @param endpoint by which this application answers
     * @param seesCode which calls are to see code as it is now; the others are answered even while it cannot run
     */
    public ApplicationRequests(
            AtomicReference<BiConsumer<HttpExchange, String>> current,
            HttpEndpoint endpoint,
            Predicate<HttpCall> seesCode,
            CodeChanges changes,
            ClassLoader loader) {
        this.current = current;
        this.guarded = new SameMachine(endpoint);
        this.seesCode = seesCode;
        this.changes = changes;
        this.loader = loader;
    }

    @Override
    public void accept(HttpExchange exchange, String callId) {
        Thread.currentThread().setContextClassLoader(loader);
        try {
            answer(exchange, callId);
        } catch (Exchanges.TooLargeException e) {
            send(exchange, Refusals.of(413, String.valueOf(e.getMessage())));
        } catch (IOException e) {
            LOG.debugf(e, "A client has gone before it had its answer");
            exchange.close();
        }
    }

    private void answer(HttpExchange exchange, String callId) throws IOException {
        HttpCall call = withId(Exchanges.read(exchange), callId);
        boolean sees = guarded.refusal(call) == null && seesCode.test(call);
        if (sees) {
            changes.takeIn();
        }
        if (current.get() == this) {
            String problem = sees ? changes.problem() : null;
            if (problem != null) {
                send(exchange, problem(problem));
                return;
            }
            if (isAnswered(exchange, call)) {
                return;
            }
        }
        handOver(exchange, call, callId);
    }

    private static HttpCall withId(HttpCall call, String callId) {
        Map<String, String> headers = new HashMap<>(call.headers());
        headers.keySet().removeIf(CALL_ID::equalsIgnoreCase);
        headers.put(CALL_ID, callId);
        return new HttpCall(call.method(), call.path(), call.query(), headers, call.body());
    }

    private static HttpAnswer problem(String text) {
        return Refusals.of(500, "CodeCannotRun", text);
    }

    /** Answers; false when this application has ended before it could. */
    private boolean isAnswered(HttpExchange exchange, HttpCall call) {
        if (!begin()) {
            return false;
        }
        HttpAnswer answer;
        try {
            answer = guarded.answer(call);
            if (answer.body() instanceof HttpAnswer.Stream) {
                send(exchange, answer);
                return true;
            }
        } finally {
            end();
        }
        if (answer.status() >= 500 && isClosed()) {
            return false;
        }
        send(exchange, answer);
        return true;
    }

    private static void send(HttpExchange exchange, HttpAnswer answer) {
        try {
            Exchanges.send(exchange, answer);
        } catch (IOException e) {
            LOG.debugf(e, "A client has gone before it had its answer");
        }
    }

    private synchronized boolean begin() {
        return !closed && answering.add(Thread.currentThread());
    }

    private synchronized void end() {
        answering.remove(Thread.currentThread());
        // An interrupt was for what is over now.
        Thread.interrupted();
        notifyAll();
    }

    private synchronized boolean isClosed() {
        return closed;
    }

    /** Has the next application answer, as soon as there is one. */
    private void handOver(HttpExchange exchange, HttpCall call, String callId) {
        long until = System.nanoTime() + NEXT.toNanos();
        BiConsumer<HttpExchange, String> next = current.get();
        while (next == this && System.nanoTime() < until) {
            String problem = changes.problem();
            if (problem != null) {
                send(exchange, problem(problem));
                return;
            }
            try {
                Thread.sleep(MILLIS_BETWEEN_LOOKS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                break;
            }
            next = current.get();
        }
        if (next == this) {
            send(exchange, Refusals.of(503, "Dev mode is about to end. What was started goes on when it starts again"));
            return;
        }
        exchange.setStreams(new ByteArrayInputStream(call.body()), null);
        next.accept(exchange, callId);
    }

    /** Ends with the application: interrupts what it is about, and waits until that has stopped. */
    @Override
    public synchronized void close() {
        closed = true;
        answering.forEach(Thread::interrupt);
        long until = System.nanoTime() + PATIENCE.toNanos();
        try {
            while (!answering.isEmpty()) {
                long left = (until - System.nanoTime()) / 1_000_000;
                if (left <= 0) {
                    LOG.warnf("%d requests do not stop although they were interrupted", answering.size());
                    return;
                }
                wait(left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
