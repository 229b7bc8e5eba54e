package dev.reprise.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.lang.reflect.InvocationTargetException;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.core.client.config.SdkAdvancedClientOption;
import software.amazon.awssdk.core.protocol.MarshallingType;
import software.amazon.awssdk.core.traits.ListTrait;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.utils.builder.SdkBuilder;

/**
 * The {@code sfn} client of the AWS SDK for Java, asked by action names and JSON: its own tables of fields say how a
 * request is put together and what an answer holds.
 */
final class SdkForJava {

    private static final String PACKAGE = "software.amazon.awssdk.services.sfn.";

    private final Object client;

    SdkForJava(int port) {
        Object builder = invoke(type("SfnClient"), null, "builder", new Class<?>[0]);
        AwsClientBuilder<?, ?> aws = (AwsClientBuilder<?, ?>) builder;
        aws.region(Region.US_EAST_1);
        aws.endpointOverride(URI.create("http://127.0.0.1:" + port));
        aws.credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("any", "any")));
        aws.overrideConfiguration(ClientOverrideConfiguration.builder()
                .putAdvancedOption(SdkAdvancedClientOption.DISABLE_HOST_PREFIX_INJECTION, true)
                .build());
        client = ((SdkBuilder<?, ?>) builder).build();
    }

    private static Class<?> type(String name) {
        try {
            return Class.forName(PACKAGE + name);
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Object invoke(Class<?> type, Object target, String method, Class<?>[] parameters, Object... values) {
        try {
            return type.getMethod(method, parameters).invoke(target, values);
        } catch (InvocationTargetException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The names of all actions that the client has. */
    static List<String> actionNames() {
        List<String> names = new ArrayList<>();
        for (var method : type("SfnClient").getMethods()) {
            Class<?>[] parameters = method.getParameterTypes();
            String request = parameters.length == 1 ? parameters[0].getSimpleName() : "";
            String name = request.replaceFirst("Request$", "");
            if (!name.equals(request)
                    && method.getReturnType().getSimpleName().equals(name + "Response")
                    && !names.contains(name)) {
                names.add(name);
            }
        }
        return names;
    }

    private static SdkPojo builder(String model) {
        return (SdkPojo) invoke(type("model." + model), null, "builder", new Class<?>[0]);
    }

    /** The fields of an action's request or answer. */
    static List<SdkField<?>> fields(String model) {
        return builder(model).sdkFields();
    }

    /** Asks; the answer has every field that is there, times as decimals of seconds. */
    JsonNode ask(String action, String body) {
        SdkPojo builder = builder(action + "Request");
        fill(builder, ApiFunction.json(body));
        Object request = ((SdkBuilder<?, ?>) builder).build();
        String method = Character.toLowerCase(action.charAt(0)) + action.substring(1);
        Object answer = invoke(
                type("SfnClient"), client, method, new Class<?>[] {type("model." + action + "Request")}, request);
        return read((SdkPojo) answer);
    }

    // ---- requests

    private static void fill(SdkPojo builder, JsonNode json) {
        for (SdkField<?> field : builder.sdkFields()) {
            JsonNode value = json.get(field.locationName());
            if (value != null) {
                field.set(builder, value(field, value));
            }
        }
    }

    private static Object value(SdkField<?> field, JsonNode json) {
        MarshallingType<?> type = field.marshallingType();
        if (type == MarshallingType.SDK_POJO) {
            SdkPojo builder = field.constructor().get();
            fill(builder, json);
            return ((SdkBuilder<?, ?>) builder).build();
        }
        if (type == MarshallingType.LIST) {
            SdkField<?> member = field.getTrait(ListTrait.class).memberFieldInfo();
            List<Object> values = new ArrayList<>();
            json.forEach(each -> values.add(value(member, each)));
            return values;
        }
        if (type == MarshallingType.BOOLEAN) {
            return json.booleanValue();
        }
        return type == MarshallingType.INTEGER ? (Object) json.intValue() : json.textValue();
    }

    // ---- answers

    private static ObjectNode read(SdkPojo pojo) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        for (SdkField<?> field : pojo.sdkFields()) {
            Object value = field.getValueOrDefault(pojo);
            if (value != null && !isAbsent(value)) {
                json.set(field.locationName(), read(value));
            }
        }
        return json;
    }

    /** The SDK has lists and maps of its own for what was not in an answer. */
    private static boolean isAbsent(Object value) {
        return value.getClass().getSimpleName().startsWith("DefaultSdkAuto");
    }

    private static JsonNode read(Object value) {
        return switch (value) {
            case SdkPojo pojo -> read(pojo);
            case List<?> list -> {
                ArrayNode array = JsonNodeFactory.instance.arrayNode();
                list.forEach(each -> array.add(read(each)));
                yield array;
            }
            case Map<?, ?> map -> {
                Map<String, JsonNode> members = new LinkedHashMap<>();
                map.forEach((key, each) -> members.put((String) key, read(each)));
                yield JsonNodeFactory.instance.objectNode().setAll(members);
            }
            case Instant time -> AnswerJson.seconds(time);
            default -> new ObjectMapper().valueToTree(value);
        };
    }
}
