package dev.reprise.task.aws.integration;

import dev.reprise.task.aws.ServiceErrors;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * A service that Step Functions integrates by itself.
 *
 * @param name as its resources have it, such as {@code sqs}
 * @param actions by their names, such as {@code sendMessage}
 */
record ServiceIntegration(String name, ServiceErrors errors, Map<String, Action> actions) {

    ServiceIntegration {
        actions = Collections.unmodifiableMap(new TreeMap<>(actions));
    }

    static ServiceIntegration of(String name, ServiceErrors errors) {
        return new ServiceIntegration(name, errors, Map.of());
    }

    ServiceIntegration with(String action, Action what) {
        Map<String, Action> more = new TreeMap<>(actions);
        more.put(action, what);
        return new ServiceIntegration(name, errors, more);
    }
}
