package dev.reprise.task.aws.integration;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.reprise.task.aws.client.AwsAnswer;
import java.util.List;
import java.util.Map;

/** What results tell of the answer that they came in, beside what it says. */
final class HttpMetadata {

    private HttpMetadata() {}

    static ObjectNode added(AwsAnswer answer) {
        ObjectNode result = answer.output().objectNode();
        result.setAll(answer.output());
        ObjectNode metadata = result.putObject("SdkHttpMetadata");
        ObjectNode all = metadata.putObject("AllHttpHeaders");
        ObjectNode first = metadata.putObject("HttpHeaders");
        for (Map.Entry<String, List<String>> header : answer.wire().headers().entrySet()) {
            if (!header.getValue().isEmpty()) {
                ArrayNode values = JsonNodeFactory.instance.arrayNode();
                header.getValue().forEach(values::add);
                all.set(header.getKey(), values);
                first.put(header.getKey(), header.getValue().getFirst());
            }
        }
        metadata.put("HttpStatusCode", answer.wire().status());
        result.putObject("SdkResponseMetadata").put("RequestId", answer.wire().requestId());
        return result;
    }
}
