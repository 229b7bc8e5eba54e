package dev.reprise.asl.parser;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.reprise.asl.QueryLanguage;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The fields that a JSON object may have, and how they go together. Immutable; each method gives a longer table. */
final class FieldTable implements FieldType {

    /** Fields of which an object has some number. */
    private record Choice(List<String> names, boolean isRequired) {}

    private final Map<String, Field> fields;
    private final List<Choice> choices;
    private final List<FieldType> rules;

    private FieldTable(Map<String, Field> fields, List<Choice> choices, List<FieldType> rules) {
        this.fields = Collections.unmodifiableMap(fields);
        this.choices = List.copyOf(choices);
        this.rules = List.copyOf(rules);
    }

    /** A table of these fields, in the order in which missing ones are named. */
    static FieldTable of(Field... fields) {
        return new FieldTable(Map.of(), List.of(), List.of()).and(fields);
    }

    /** This table and these fields. */
    FieldTable and(Field... more) {
        Map<String, Field> all = new LinkedHashMap<>(fields);
        for (Field field : more) {
            all.put(field.name(), field);
        }
        return new FieldTable(all, choices, rules);
    }

    /** An object has at most one of these. */
    FieldTable atMostOneOf(String... names) {
        return choosing(new Choice(List.of(names), false));
    }

    /** An object has one of these, and no other. */
    FieldTable exactlyOneOf(String... names) {
        return choosing(new Choice(List.of(names), true));
    }

    /** An object has one of these, or several. */
    FieldTable atLeastOneOf(String... names) {
        List<String> wanted = List.of(names);
        return also((object, place, checking) -> {
            if (wanted.stream().noneMatch(object::has)) {
                List<String> applicable = wanted.stream()
                        .filter(name -> isIn(checking.language(), name))
                        .toList();
                checking.problems().error(place, "One of the following fields is required: " + applicable);
            }
        });
    }

    /** Something that the object's fields have to keep between them. */
    FieldTable also(FieldType rule) {
        return new FieldTable(fields, choices, longer(rules, rule));
    }

    private FieldTable choosing(Choice choice) {
        return new FieldTable(fields, longer(choices, choice), rules);
    }

    private static <T> List<T> longer(List<T> list, T element) {
        return Stream.concat(list.stream(), Stream.of(element)).toList();
    }

    @Override
    public void check(JsonNode value, Place place, Checking checking) {
        if (value instanceof ObjectNode object) {
            checkMembers(object, place, checking);
            checkRequired(object, place, checking);
            checkChoices(object, place, checking);
            rules.forEach(rule -> rule.check(object, place, checking));
        } else {
            Values.mustBe("an object", "Object", value, place, checking);
        }
    }

    private void checkMembers(ObjectNode object, Place place, Checking checking) {
        for (Map.Entry<String, JsonNode> member : object.properties()) {
            String name = member.getKey();
            Field field = fields.get(name);
            if (field == null) {
                Problems problems = checking.problems();
                problems.unsupported(name, place, problems.nearest(name, () -> fieldsIn(checking.language())));
            } else if (!field.isIn(checking.language())) {
                refuseLanguage(field, place, checking);
            } else {
                field.type().check(member.getValue(), place.member(name), checking);
            }
        }
    }

    private static void refuseLanguage(Field field, Place place, Checking checking) {
        QueryLanguage language = checking.language();
        QueryLanguage other = language == QueryLanguage.JSONATA ? QueryLanguage.JSONPATH : QueryLanguage.JSONATA;
        String message = "The QueryLanguage is set to '" + language.aslName() + "', but field '" + field.name()
                + "' is only supported for the '" + other.aslName() + "' QueryLanguage";
        checking.problems()
                .error(Problems.SCHEMA, place.member(field.name()), message, null, new Wording(message, place));
    }

    private List<String> fieldsIn(QueryLanguage language) {
        return fields.values().stream()
                .filter(field -> field.isIn(language))
                .map(Field::name)
                .toList();
    }

    private void checkRequired(ObjectNode object, Place place, Checking checking) {
        List<String> missing = new ArrayList<>();
        for (Field field : fields.values()) {
            if (field.isRequired() && field.isIn(checking.language()) && !object.has(field.name())) {
                missing.add(field.name());
            }
        }
        if (!missing.isEmpty()) {
            checking.problems().error(place, "These fields are required: " + missing);
        }
    }

    private void checkChoices(ObjectNode object, Place place, Checking checking) {
        for (Choice choice : choices) {
            List<String> applicable = choice.names().stream()
                    .filter(name -> isIn(checking.language(), name))
                    .toList();
            long present = applicable.stream().filter(object::has).count();
            if (present > 1) {
                checking.problems().error(place, "There should only be one of the following fields: " + choice.names());
            } else if (present == 0 && choice.isRequired()) {
                String message = "This object should have only one of the following fields: " + choice.names();
                checking.problems()
                        .error(
                                Problems.SCHEMA,
                                place,
                                "One of the following fields is required: " + applicable,
                                null,
                                new Wording(message, place));
            }
        }
    }

    private boolean isIn(QueryLanguage language, String name) {
        Field field = fields.get(name);
        return field != null && field.isIn(language);
    }
}
