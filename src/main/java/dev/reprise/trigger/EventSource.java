package dev.reprise.trigger;

import java.util.List;

/** Where an event comes from. */
public sealed interface EventSource {

    /** A queue of SQS. */
    record Queue(String arn) implements EventSource {}

    /** A topic of SNS. */
    record Topic(String arn) implements EventSource {}

    /**
     * A bucket of S3 that tells of its objects itself.
     *
     * @param key of the object, as it is and not as notifications write it
     */
    record Bucket(String name, String key) implements EventSource {}

    /**
     * A bus of EventBridge, or its Scheduler.
     *
     * @param resources ARNs that the event is about: of a schedule, or of the rule that is one
     */
    record Bus(String source, String detailType, String account, String region, List<String> resources)
            implements EventSource {
        public Bus {
            resources = List.copyOf(resources);
        }
    }
}
