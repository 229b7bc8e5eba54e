package dev.reprise.nativetests.dynamodb;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;

/**
 * What the table holds of one execution, read as its items are documented and with none of the product's code: what is
 * durable is what stands here.
 *
 * @param entries all entries, in their order
 * @param writers for each segment, the journal that wrote it
 */
public record Journal(List<JsonNode> entries, List<String> writers) {

    private static final ObjectMapper JSON = new ObjectMapper();

    public Journal {
        entries = List.copyOf(entries);
        writers = List.copyOf(writers);
    }

    /** Reads it, strongly consistent. An execution that is not there has an empty journal. */
    public static Journal read(DynamoDbClient client, String table, String workflow, String name) {
        var request = QueryRequest.builder()
                .tableName(table)
                .consistentRead(true)
                .keyConditionExpression("pk = :execution")
                .expressionAttributeValues(Map.of(":execution", AttributeValue.fromS("EXEC#" + workflow + "#" + name)))
                .build();
        List<JsonNode> entries = new ArrayList<>();
        List<JsonNode> tail = new ArrayList<>();
        List<String> writers = new ArrayList<>();
        for (Map<String, AttributeValue> item : client.queryPaginator(request).items()) {
            String key = item.get("sk").s();
            if (key.equals("HEAD")) {
                tail.addAll(entries(item, "tail"));
            } else if (key.startsWith("SEG#")) {
                if (Long.parseLong(key.substring("SEG#".length())) != writers.size() + 1) {
                    throw new AssertionError("the journal of " + name + " has a gap before " + key);
                }
                entries.addAll(entries(item, "entries"));
                writers.add(item.get("writer").s());
            }
        }
        entries.addAll(tail);
        return new Journal(entries, writers);
    }

    /** The tasks that have succeeded, as the entries name them: {@code /Orders[17]:2} is the second of item 17. */
    public Set<String> succeeded() {
        Set<String> tasks = new TreeSet<>();
        for (JsonNode entry : entries) {
            if (entry.has("succeeded") && !tasks.add(entry.path("succeeded").asText())) {
                throw new AssertionError("the journal has two results of one task: " + entry);
            }
        }
        return tasks;
    }

    /** The tasks that somebody else has taken on, such as jobs, and those that wait for their token. */
    public Set<String> submitted() {
        Set<String> tasks = new TreeSet<>();
        for (JsonNode entry : entries) {
            if (entry.has("submitted") && !tasks.add(entry.path("submitted").asText())) {
                throw new AssertionError("the journal has one task submitted twice: " + entry);
            }
        }
        return tasks;
    }

    /**
     * The items of a Map state at the top of the workflow of whose tasks one has succeeded.
     *
     * @param state the Map state's name
     * @return indexes from 0
     */
    public Set<Integer> succeededItems(String state) {
        Pattern effect = Pattern.compile("/" + Pattern.quote(state) + "\\[(\\d+)\\]:\\d+");
        Set<Integer> items = new TreeSet<>();
        for (String task : succeeded()) {
            Matcher matcher = effect.matcher(task);
            if (matcher.matches()) {
                items.add(Integer.valueOf(matcher.group(1)));
            }
        }
        return items;
    }

    /** A group of entries is JSON lines, as text or, where that is smaller, as raw deflate data. */
    private static List<JsonNode> entries(Map<String, AttributeValue> item, String attribute) {
        String text;
        if (item.containsKey(attribute)) {
            text = item.get(attribute).s();
        } else if (item.containsKey(attribute + "Deflated")) {
            text = inflate(
                    item.get(attribute + "Deflated").b().asByteArray(),
                    Integer.parseInt(item.get(attribute + "Length").n()));
        } else {
            return List.of();
        }
        return text.lines().map(Journal::parse).toList();
    }

    private static JsonNode parse(String entry) {
        try {
            return JSON.readTree(entry);
        } catch (JsonProcessingException e) {
            throw new AssertionError("not JSON: " + entry, e);
        }
    }

    private static String inflate(byte[] deflated, int length) {
        byte[] inflated = new byte[length];
        Inflater inflater = new Inflater(true);
        try {
            inflater.setInput(deflated);
            if (inflater.inflate(inflated) != length) {
                throw new AssertionError("a segment does not inflate to its " + length + " bytes");
            }
        } catch (DataFormatException e) {
            throw new AssertionError("a segment does not inflate", e);
        } finally {
            inflater.end();
        }
        return new String(inflated, StandardCharsets.UTF_8);
    }
}
