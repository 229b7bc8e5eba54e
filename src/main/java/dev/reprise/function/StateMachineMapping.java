package dev.reprise.function;

import dev.reprise.task.MappingFile;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithParentName;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;

/** The configuration's {@code reprise.state-machines."ARN"=WORKFLOW}. */
@ConfigMapping(prefix = "reprise.state-machines")
interface StateMachineMapping {

    /** The workflow by the ARN of the state machine for which it stands. */
    @WithParentName
    Map<String, String> workflows();

    /** These and those that the file says, as it is whenever the map is asked for; what is configured comes first. */
    default Supplier<Map<String, String>> with(MappingFile file) {
        return () -> {
            Map<String, String> all = new HashMap<>(file.mapping().workflows());
            all.putAll(workflows());
            return all;
        };
    }
}
