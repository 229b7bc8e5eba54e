package dev.reprise.telemetry.trace;

/**
 * What a span's attributes are called: as OpenTelemetry's semantic conventions call them where they do, and else {@code
 * reprise.} and the States Language's words.
 *
 * @see <a href="https://opentelemetry.io/docs/specs/semconv/registry/attributes/">OpenTelemetry, Attribute registry</a>
 */
final class Attributes {

    static final String ERROR = "error.type";
    /** What an error without a name is called. */
    static final String ERROR_WITHOUT_NAME = "_OTHER";

    static final String INVOCATION = "faas.invocation_id";
    static final String COLD_START = "faas.coldstart";
    static final String STATE_MACHINE = "aws.step_functions.state_machine.arn";
    static final String ACTIVITY = "aws.step_functions.activity.arn";

    static final String EXECUTION = "reprise.execution.arn";
    static final String STATUS = "reprise.execution.status";
    static final String REDRIVES = "reprise.execution.redrive_count";
    static final String SUSPENDED = "reprise.invocation.suspended";
    static final String STATE = "reprise.state.name";
    static final String STATE_TYPE = "reprise.state.type";
    static final String SCOPE = "reprise.scope";
    static final String INDEX = "reprise.item.index";
    static final String ATTEMPT = "reprise.task.attempt";
    static final String RESOURCE = "reprise.task.resource";
    static final String CUT = "reprise.cut_short";

    private Attributes() {}
}
