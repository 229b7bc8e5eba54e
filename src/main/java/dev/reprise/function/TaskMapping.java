package dev.reprise.function;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithParentName;
import java.util.Map;

/** The configuration's {@code reprise.tasks."RESOURCE"=task:NAME}. */
@ConfigMapping(prefix = "reprise.tasks")
interface TaskMapping {

    /** The task by the resource that it stands for. */
    @WithParentName
    Map<String, String> tasks();
}
