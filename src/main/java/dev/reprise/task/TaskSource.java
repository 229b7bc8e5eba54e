package dev.reprise.task;

import dev.reprise.asl.Resource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Knows one kind of {@code Resource}. */
public interface TaskSource {

    /** What runs that resource; null when it is none of this source's. */
    @Nullable
    TaskRunner find(Resource resource);

    /** What can be found here, in words for a message, such as {@code task:charge} or {@code arn:aws:lambda:… (any Lambda function)}. */
    List<String> known();
}
