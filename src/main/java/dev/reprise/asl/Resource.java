package dev.reprise.asl;

import dev.reprise.asl.Resource.Action;
import dev.reprise.asl.Resource.Activity;
import dev.reprise.asl.Resource.LambdaFunction;
import org.jspecify.annotations.Nullable;

/**
 * What a Task's {@code Resource} names. The one place that reads such a text: whoever holds a {@link State.Task} has it
 * read already.
 *
 * <p>ARNs may be of any partition, such as {@code aws-cn} or {@code aws-us-gov}, and with or without region and account
 * where AWS takes both.
 *
 * @see <a href="https://docs.aws.amazon.com/step-functions/latest/dg/state-task.html#state-task-fields">AWS, Task
 *     state, Resource</a>
 * @see <a href="https://docs.aws.amazon.com/step-functions/latest/dg/connect-to-resource.html">AWS, Service integration
 *     patterns</a>
 */
public sealed interface Resource permits Action, LambdaFunction, Activity {

    /** As it stands in the definition. */
    String uri();

    /** Who gives the result: {@link Pattern#REQUEST_RESPONSE} for what has no such pattern. */
    default Pattern pattern() {
        return Pattern.REQUEST_RESPONSE;
    }

    /** Whether it is this action of a service's own integration, answered at once. */
    default boolean asks(String service, String action) {
        return this instanceof Integration integration
                && integration.service().equals(service)
                && integration.action().equals(action)
                && integration.pattern() == Pattern.REQUEST_RESPONSE;
    }

    /** What AWS calls it where a result is too large: the service, or the function itself. */
    default String spokenName() {
        return switch (this) {
            case Action action -> action.type();
            case LambdaFunction function -> function.uri();
            case Activity activity -> activity.uri();
        };
    }

    /**
     * What asks for the same without waiting for a token: who sends it back ends the task, and what the request does is
     * no other.
     */
    default Resource withoutToken() {
        return pattern() == Pattern.WAIT_FOR_TASK_TOKEN
                ? parse(uri().substring(
                                0,
                                uri().length()
                                        - Pattern.WAIT_FOR_TASK_TOKEN.suffix().length()))
                : this;
    }

    /** A service integration pattern, written at a resource's end. */
    enum Pattern {
        /** The answer to the request. */
        REQUEST_RESPONSE(""),
        /** The job that the request started, when it is done. */
        SYNC(".sync"),
        /**
         * The same; what is text of JSON in the job's result becomes JSON. Only {@code states:startExecution} has it.
         */
        SYNC_2(".sync:2"),
        /** Whoever sends the task's token back. */
        WAIT_FOR_TASK_TOKEN(".waitForTaskToken");

        private final String suffix;

        Pattern(String suffix) {
            this.suffix = suffix;
        }

        /** How a resource of this pattern ends. */
        public String suffix() {
            return suffix;
        }

        /** Whether the result is that of a job, which is waited for. */
        public boolean waitsForJob() {
            return this == SYNC || this == SYNC_2;
        }

        /** Null when no pattern is written so. */
        static @Nullable Pattern of(String suffix) {
            for (Pattern pattern : values()) {
                if (pattern.suffix.equals(suffix)) {
                    return pattern;
                }
            }
            return null;
        }
    }

    /**
     * A Lambda function, named by its ARN: {@code arn:aws:lambda:us-east-1:111111111111:function:charge:PROD}. It gets
     * the task's input, and its result is the task's.
     *
     * @param name its bare name
     * @param qualifier version or alias; null when there is none
     * @see <a href="https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html">AWS Lambda, Invoke, FunctionName</a>
     */
    record LambdaFunction(
            String uri,
            String region,
            String account,
            String name,
            @Nullable String qualifier) implements Resource {

        /**
         * Whether all its parts are of the form that Lambda gives them. Others are placeholders, which a configuration
         * may map to a task.
         */
        public boolean canExist() {
            return uri.startsWith("arn:aws")
                    && region.matches("[a-z0-9-]+")
                    && account.matches("[0-9]{12}")
                    && name.matches("[A-Za-z0-9_-]+")
                    && (qualifier == null || qualifier.matches("[A-Za-z0-9$_-]+"));
        }

        /** The ARN of the same function whatever its version. */
        public String unqualified() {
            return qualifier == null ? uri : uri.substring(0, uri.length() - qualifier.length() - 1);
        }
    }

    /**
     * An activity, whose tasks workers poll: {@code arn:aws:states:us-east-1:111111111111:activity:pack}.
     *
     * @param name the last part of the ARN
     * @see <a href="https://docs.aws.amazon.com/step-functions/latest/dg/concepts-activities.html">AWS, Activities</a>
     */
    record Activity(String uri, String name) implements Resource {}

    /** All else: somebody is asked by name for something. The history shows both names. */
    sealed interface Action extends Resource {

        /** Who is asked, such as {@code sqs} or {@code aws-sdk:dynamodb}: {@code resourceType} in the history. */
        String type();

        /**
         * What for, with the pattern, such as {@code sendMessage.waitForTaskToken}: {@code resource} in the history.
         */
        String api();
    }

    /**
     * A task of this function: {@code task:charge}. Only Reprise has these.
     *
     * @param name without the pattern
     * @param pattern {@link Pattern#REQUEST_RESPONSE} or {@link Pattern#WAIT_FOR_TASK_TOKEN}
     */
    record InProcess(String uri, String name, Pattern pattern) implements Action {

        /** What its URI begins with. */
        public static final String PREFIX = "task:";

        @Override
        public String type() {
            return "task";
        }

        @Override
        public String api() {
            return name + pattern.suffix();
        }
    }

    /**
     * A service that Step Functions integrates by itself: {@code arn:aws:states:::sqs:sendMessage.waitForTaskToken}.
     * That there is such an integration is not said: the parser refuses others.
     *
     * @param service such as {@code sqs}
     * @param action such as {@code sendMessage}
     * @see <a href="https://docs.aws.amazon.com/step-functions/latest/dg/integrate-optimized.html">AWS, Optimized
     *     integrations</a>
     */
    record Integration(String uri, String service, String action, Pattern pattern) implements Action {

        @Override
        public String type() {
            return service;
        }

        @Override
        public String api() {
            return action + pattern.suffix();
        }
    }

    /**
     * An action of any AWS service, passed on as it is: {@code arn:aws:states:::aws-sdk:dynamodb:query}.
     *
     * @param service the service's name in the SDK, in lower case, without {@code aws-sdk:}
     * @param action such as {@code query}
     * @see <a href="https://docs.aws.amazon.com/step-functions/latest/dg/supported-services-awssdk.html">AWS, SDK
     *     service integrations</a>
     */
    record SdkAction(String uri, String service, String action, Pattern pattern) implements Action {

        @Override
        public String type() {
            return "aws-sdk:" + service;
        }

        @Override
        public String api() {
            return action + pattern.suffix();
        }
    }

    /**
     * Another execution, which the task starts: {@code arn:aws:states:::states:startExecution.sync:2}.
     *
     * @see <a href="https://docs.aws.amazon.com/step-functions/latest/dg/connect-stepfunctions.html">AWS, Start a new
     *     state machine from a running execution</a>
     */
    record StartExecution(String uri, Pattern pattern) implements Action {

        @Override
        public String type() {
            return "states";
        }

        @Override
        public String api() {
            return "startExecution" + pattern.suffix();
        }
    }

    /** Nothing that is known: the parser refuses it. */
    record Unknown(String uri) implements Action {

        @Override
        public String type() {
            int colon = uri.indexOf(':');
            return colon < 0 ? "" : uri.substring(0, colon);
        }

        @Override
        public String api() {
            return uri.substring(uri.indexOf(':') + 1);
        }
    }

    /** Reads any text. */
    static Resource parse(String uri) {
        return uri.startsWith(InProcess.PREFIX) ? ResourceText.inProcess(uri) : ResourceText.arn(uri);
    }
}
