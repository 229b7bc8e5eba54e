package dev.reprise.function;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithParentName;
import java.util.Map;

/**
 * The configuration's {@code reprise.substitutions.NAME=VALUE}, or {@code reprise.substitutions."WORKFLOW/NAME"=VALUE}.
 */
@ConfigMapping(prefix = "reprise.substitutions")
interface SubstitutionMapping {

    /** What stands for a token, by its name. */
    @WithParentName
    Map<String, String> values();
}
