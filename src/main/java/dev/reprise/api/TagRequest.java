package dev.reprise.api;

import java.util.List;
import java.util.SortedMap;

/** What is asked about tags. */
public sealed interface TagRequest extends ApiRequest {

    /** Puts tags on a state machine or an activity. */
    record TagResource(String resourceArn, SortedMap<String, String> tags) implements TagRequest {}

    /** Takes tags off. */
    record UntagResource(String resourceArn, List<String> tagKeys) implements TagRequest {}

    /** Tells which there are. */
    record ListTagsForResource(String resourceArn) implements TagRequest {}
}
