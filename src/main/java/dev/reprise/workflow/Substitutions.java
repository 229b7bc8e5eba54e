package dev.reprise.workflow;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What stands for the tokens {@code ${NAME}} of all definitions: the configuration's {@code
 * reprise.substitutions.NAME}, and the environment's {@code REPRISE_SUBSTITUTIONS}, which a template can fill. Those of
 * one workflow alone are {@code reprise.substitutions."WORKFLOW/NAME"}, and an object under the workflow's name in the
 * environment's.
 *
 * <p>The environment goes before the configuration, and within each what is for one workflow before what is for all.
 */
public final class Substitutions {

    /** The environment variable: a JSON object. */
    public static final String VARIABLE = "REPRISE_SUBSTITUTIONS";

    private static final String PROPERTY = "reprise.substitutions.";

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    /** From lowest to highest: by workflow, with {@code ""} for all of them. */
    private final List<Map<String, Map<String, Substitution>>> layers = new ArrayList<>();

    private final List<String> problems = new ArrayList<>();

    private Substitutions() {}

    /** Where nothing is configured. */
    public static Substitutions none() {
        return of(Map.of(), null);
    }

    /**
     * Reads both.
     *
     * @param configured values by {@code NAME} or {@code WORKFLOW/NAME}
     * @param environment the text of {@link #VARIABLE}; null when there is none
     */
    public static Substitutions of(Map<String, String> configured, @Nullable String environment) {
        Substitutions substitutions = new Substitutions();
        substitutions.addConfigured(configured);
        if (environment != null && !environment.isBlank()) {
            substitutions.addEnvironment(environment);
        }
        return substitutions;
    }

    /** What is wrong with the values themselves, a line each. */
    public List<String> problems() {
        return List.copyOf(problems);
    }

    /** The values of one workflow, by token. */
    Map<String, Substitution> of(String workflow) {
        Map<String, Substitution> values = new HashMap<>();
        for (Map<String, Map<String, Substitution>> layer : layers) {
            values.putAll(layer.getOrDefault("", Map.of()));
            values.putAll(layer.getOrDefault(workflow, Map.of()));
        }
        return values;
    }

    /**
     * Every value, with the workflow that it is for: null when it is for all.
     *
     * @param visitor told of each
     */
    void visit(Visitor visitor) {
        layers.forEach(layer -> layer.forEach((workflow, values) ->
                values.values().forEach(value -> visitor.visit(workflow.isEmpty() ? null : workflow, value))));
    }

    /** Told of every value. */
    @FunctionalInterface
    interface Visitor {
        void visit(@Nullable String workflow, Substitution substitution);
    }

    private void addConfigured(Map<String, String> configured) {
        Map<String, Map<String, Substitution>> layer = newLayer();
        configured.forEach((key, value) -> {
            int slash = key.indexOf('/');
            String workflow = slash < 0 ? "" : key.substring(0, slash);
            String token = key.substring(slash + 1);
            String property = PROPERTY + (token.equals(key) && !key.contains(".") ? key : "\"" + key + "\"");
            put(layer, workflow, new Substitution(token, value, property));
        });
    }

    private void addEnvironment(String text) {
        JsonNode values;
        try {
            values = JSON.readTree(text);
        } catch (JsonProcessingException e) {
            // Jackson says where the object began in words that hide the text.
            String message = e.getOriginalMessage().replaceFirst(" \\(start marker.*", "");
            problems.add(VARIABLE + ": is no JSON: " + message);
            return;
        }
        if (!values.isObject()) {
            problems.add(VARIABLE + ": must be a JSON object of values by token, or by workflow and token");
            return;
        }
        Map<String, Map<String, Substitution>> layer = newLayer();
        values.properties().forEach(member -> {
            if (member.getValue().isObject()) {
                member.getValue()
                        .properties()
                        .forEach(inner -> addFromEnvironment(layer, member.getKey(), inner.getKey(), inner.getValue()));
            } else {
                addFromEnvironment(layer, "", member.getKey(), member.getValue());
            }
        });
    }

    private void addFromEnvironment(
            Map<String, Map<String, Substitution>> layer, String workflow, String token, JsonNode value) {
        String origin = VARIABLE + " /" + (workflow.isEmpty() ? token : workflow + "/" + token);
        if (value.isTextual() || value.isNumber() || value.isBoolean()) {
            put(layer, workflow, new Substitution(token, value.asText(), origin));
        } else {
            problems.add(origin + ": a value is a text, a number or a boolean");
        }
    }

    private Map<String, Map<String, Substitution>> newLayer() {
        Map<String, Map<String, Substitution>> layer = new LinkedHashMap<>();
        layers.add(layer);
        return layer;
    }

    private static void put(Map<String, Map<String, Substitution>> layer, String workflow, Substitution substitution) {
        layer.computeIfAbsent(workflow, unused -> new LinkedHashMap<>()).put(substitution.token(), substitution);
    }
}
