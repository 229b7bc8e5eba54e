package dev.reprise.task.aws;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.reprise.task.aws.client.AwsAnswer;
import dev.reprise.task.aws.protocol.WireAnswer;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What results tell of the answer that they came in, beside what it says. */
public final class HttpMetadata {

    /** As AWS spells names of headers. The JDK's client knows them in lower case only, which others stay in. */
    private static final Map<String, String> SPELLED = Stream.of(
                    "Connection",
                    "Content-Length",
                    "Content-Type",
                    "Date",
                    "Server",
                    "X-Amz-Executed-Version",
                    "X-Amz-Function-Error",
                    "X-Amz-Log-Result",
                    "x-amzn-Remapped-Content-Length",
                    "x-amzn-RequestId",
                    "X-Amzn-Trace-Id")
            .collect(Collectors.toUnmodifiableMap(name -> name.toLowerCase(Locale.ROOT), Function.identity()));

    private HttpMetadata() {}

    /** A result of what the answer says, and of itself. */
    public static ObjectNode added(AwsAnswer answer) {
        ObjectNode result = answer.output().objectNode();
        result.setAll(answer.output());
        add(answer.wire(), result);
        return result;
    }

    /** Headers are in the order of the alphabet, whatever their case, as on AWS. */
    static void add(WireAnswer answer, ObjectNode result) {
        ObjectNode metadata = result.putObject("SdkHttpMetadata");
        ObjectNode all = metadata.putObject("AllHttpHeaders");
        ObjectNode first = metadata.putObject("HttpHeaders");
        for (Map.Entry<String, List<String>> header : answer.headers().entrySet()) {
            if (!header.getValue().isEmpty()) {
                ArrayNode values = JsonNodeFactory.instance.arrayNode();
                header.getValue().forEach(values::add);
                String name = SPELLED.getOrDefault(header.getKey().toLowerCase(Locale.ROOT), header.getKey());
                all.set(name, values);
                first.put(name, header.getValue().getFirst());
            }
        }
        metadata.put("HttpStatusCode", answer.status());
        result.putObject("SdkResponseMetadata").put("RequestId", answer.requestId());
    }
}
