package dev.reprise.task;

import dev.reprise.asl.Resource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Knows one kind of {@code Resource}. */
public interface TaskSource {

    /** What runs that resource; null when it is none of this source's. */
    @Nullable
    TaskRunner find(Resource resource);

    /**
     * What does that resource as a job, which is submitted and then looked after; null when nothing here does. It comes
     * before what {@link #find} finds.
     */
    default @Nullable Job job(Resource resource) {
        return null;
    }

    /**
     * What can be found here, in words for a message, such as {@code task:charge} or {@code arn:aws:lambda:… (any
     * Lambda function)}.
     */
    List<String> known();
}
