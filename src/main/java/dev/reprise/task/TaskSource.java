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

    /** Whether a resource that was found here once, or was not, is or is not for ever. */
    default boolean isFixed() {
        return true;
    }

    /**
     * What is wrong with asking for that resource so, as far as it can be said before the task runs; empty when nothing
     * is, or when the resource is none of this source's. It may say of one that it does not find why that is.
     */
    default List<RequestProblem> problems(Resource resource, RequestTemplate request) {
        return List.of();
    }

    /**
     * What can be found here, in words for a message, such as {@code task:charge} or {@code arn:aws:lambda:… (any
     * Lambda function)}.
     */
    List<String> known();
}
