package dev.reprise.asl.parser;

import com.fasterxml.jackson.databind.JsonNode;

/** What {@code Resource} may name. */
final class Resources {

    static final FieldType TASK = Resources::checkTask;

    static final FieldType ITEM_READER =
            Values.oneOf("arn:aws:states:::s3:getObject", "arn:aws:states:::s3:listObjectsV2");

    static final FieldType RESULT_WRITER = Values.oneOf("arn:aws:states:::s3:putObject");

    private Resources() {}

    private static void checkTask(JsonNode value, Place place, Checking checking) {
        Values.STRING.check(value, place, checking);
    }
}
