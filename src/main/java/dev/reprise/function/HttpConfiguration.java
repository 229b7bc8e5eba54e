package dev.reprise.function;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The configuration's {@code reprise.http.*}: which APIs workflows may call. */
@ConfigMapping(prefix = "reprise.http")
interface HttpConfiguration {

    /** URLs, whose path is what others may begin with and whose host may begin with {@code *.}; none for any. */
    Optional<List<String>> allowed();

    /** Whether hosts may be called whose address is not public. */
    @WithDefault("false")
    boolean privateAddresses();

    /** What stands for a connection of EventBridge, by its name: JSON with Headers, QueryParameters and RequestBody. */
    Map<String, String> connection();
}
