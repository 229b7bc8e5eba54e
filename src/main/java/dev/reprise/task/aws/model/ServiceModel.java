package dev.reprise.task.aws.model;

import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One of AWS's services: what it can be asked for, and how. Immutable. */
public final class ServiceModel {

    private final Map<String, String> head;
    private final Protocol protocol;
    private final Map<String, String> errors;
    private final Map<String, Operation> operations;

    ServiceModel(Map<String, String> head, Map<String, String> errors, Map<String, Operation> operations) {
        this.head = Map.copyOf(head);
        this.protocol = Protocol.of(required("protocol"));
        this.errors = Map.copyOf(errors);
        this.operations = Collections.unmodifiableMap(operations);
    }

    private String required(String key) {
        String value = head.get(key);
        if (value == null) {
            throw new IllegalArgumentException("The table has no line '" + key + "'");
        }
        return value;
    }

    /** Such as {@code dynamodb}: what stands after {@code aws-sdk:}. */
    public String name() {
        return required("service");
    }

    /** Such as {@code DynamoDb}: what its errors begin with. */
    public String prefix() {
        return required("prefix");
    }

    /** Such as {@code DynamoDB}: its id among AWS's services. */
    public String id() {
        return required("id");
    }

    public Protocol protocol() {
        return protocol;
    }

    /** The version of its API, such as {@code 2012-08-10}. */
    public String version() {
        return head.getOrDefault("version", "");
    }

    /** What its host names begin with. */
    public String endpointPrefix() {
        return required("endpoint");
    }

    /** What requests are signed for. */
    public String signingName() {
        return head.getOrDefault("signing", endpointPrefix());
    }

    /** What stands before the operation's name in {@code X-Amz-Target}. */
    public String target() {
        return required("target");
    }

    /** Of its elements in XML, {@code URI} or {@code PREFIX=URI}; null when they have none. */
    public @Nullable String namespace() {
        return head.get("namespace");
    }

    /** Whether it still tells, when asked, the codes of errors that it had in the query protocol. */
    public boolean isQueryCompatible() {
        return head.containsKey("query-compatible");
    }

    /** The error that workflows see for a code on the wire, such as {@code NoSuchKeyException}; null when unknown. */
    public @Nullable String error(String code) {
        return errors.get(code);
    }

    /** By the name of its action, in the order of the alphabet. */
    public Collection<Operation> operations() {
        return operations.values();
    }

    /** The operation of that action, such as {@code putItem}; null when there is none. */
    public @Nullable Operation operation(String action) {
        return operations.get(action);
    }
}
