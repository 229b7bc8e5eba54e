package dev.reprise.function;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithParentName;
import java.util.Map;

/** The configuration's {@code reprise.state-machines."ARN"=WORKFLOW}. */
@ConfigMapping(prefix = "reprise.state-machines")
interface StateMachineMapping {

    /** The workflow by the ARN of the state machine for which it stands. */
    @WithParentName
    Map<String, String> workflows();
}
