package dev.reprise.task.aws.model;

import dev.reprise.task.aws.model.Member.Place;
import dev.reprise.task.aws.model.Member.Trait;
import dev.reprise.task.aws.model.Shape.Scalar;
import dev.reprise.task.aws.model.Shape.TimeFormat;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * A service's table as text. It begins with what holds for the whole service; then come its errors, its operations and,
 * numbered from 0, the shapes.
 *
 * <pre>
 * service dynamodb
 * protocol json-1.0
 * error ResourceNotFoundException                the name that workflows see …
 * error NoSuchKeyException NoSuchKey             … and the code on the wire, where it is another
 * operation GetItem 0 3                          input and output; - for none
 * operation GetObject 12 14 http=GET:/{Key+}     http, root, namespace, wrapper, host, checksum, algorithm, auth
 * structure TableName,string Key,1               members: name, type, and what else there is to say
 * map 2                                          the type of the values; flat, key, value
 * list string name=Item                          the type of the elements; flat, name
 * </pre>
 *
 * A type is a word or the number of a shape. Shapes are read when they are first needed: of hundreds, a call needs few.
 */
final class TableText {

    private final List<String> lines;
    private final AtomicReferenceArray<@Nullable Shape> shapes;

    private TableText(List<String> shapeLines) {
        this.lines = shapeLines;
        this.shapes = new AtomicReferenceArray<>(shapeLines.size());
    }

    /** @throws IllegalArgumentException when the text is no table */
    static ServiceModel read(String text) {
        Map<String, String> head = new HashMap<>();
        Map<String, String> errors = new HashMap<>();
        List<String> operations = new ArrayList<>();
        List<String> shapes = new ArrayList<>();
        text.lines().forEach(line -> {
            int space = line.indexOf(' ');
            String word = space < 0 ? line : line.substring(0, space);
            String rest = line.substring(word.length()).strip();
            switch (word) {
                case "structure", "map", "list" -> shapes.add(line);
                case "operation" -> operations.add(rest);
                case "error" -> {
                    int code = rest.indexOf(' ');
                    String name = code < 0 ? rest : rest.substring(0, code);
                    errors.put(code < 0 ? name : rest.substring(code + 1), name);
                }
                default -> head.put(word, rest);
            }
        });
        TableText table = new TableText(List.copyOf(shapes));
        Map<String, Operation> byAction = new TreeMap<>();
        Authentication usual = Authentication.of(head.getOrDefault("auth", "v4"));
        for (String line : operations) {
            Operation operation = table.operation(line, usual);
            byAction.put(operation.action(), operation);
        }
        return new ServiceModel(head, errors, byAction);
    }

    private Operation operation(String line, Authentication usual) {
        String[] parts = line.split(" ", -1);
        Map<String, String> attributes = attributes(parts, 3);
        String http = attributes.getOrDefault("http", "POST:/");
        int colon = http.indexOf(':');
        String auth = attributes.get("auth");
        return new Operation(
                parts[0],
                actionOf(parts[0]),
                parts[1].equals("-") ? () -> Structure.EMPTY : reference(parts[1]),
                parts[2].equals("-") ? () -> Structure.EMPTY : reference(parts[2]),
                http.substring(0, colon),
                http.substring(colon + 1),
                attributes.get("root"),
                attributes.get("namespace"),
                attributes.get("wrapper"),
                attributes.get("host"),
                attributes.containsKey("checksum"),
                attributes.get("algorithm"),
                auth == null ? usual : Authentication.of(auth));
    }

    /**
     * As the AWS SDK for Java 2 names its methods: what the name begins with in capitals becomes lower case, but for
     * the capital of the next word.
     */
    private static String actionOf(String name) {
        int lower = 1;
        while (lower < name.length()
                && Character.isUpperCase(name.charAt(lower))
                && !(lower + 1 < name.length() && Character.isLowerCase(name.charAt(lower + 1)))) {
            lower++;
        }
        return name.substring(0, lower).toLowerCase(java.util.Locale.ROOT) + name.substring(lower);
    }

    private static Map<String, String> attributes(String[] parts, int from) {
        Map<String, String> attributes = new HashMap<>();
        for (int i = from; i < parts.length; i++) {
            int equals = parts[i].indexOf('=');
            attributes.put(
                    equals < 0 ? parts[i] : parts[i].substring(0, equals),
                    equals < 0 ? "" : parts[i].substring(equals + 1));
        }
        return attributes;
    }

    private ShapeReference reference(String type) {
        if (Character.isDigit(type.charAt(0))) {
            int number = Integer.parseInt(type);
            return () -> shape(number);
        }
        Shape shape = word(type);
        return () -> shape;
    }

    private static Shape word(String type) {
        return switch (type) {
            case "string" -> Scalar.STRING;
            case "integer" -> Scalar.INTEGER;
            case "decimal" -> Scalar.DECIMAL;
            case "boolean" -> Scalar.BOOLEAN;
            case "blob" -> Scalar.BLOB;
            case "json" -> Scalar.JSON_TEXT;
            case "any" -> Scalar.ANYTHING;
            case "events" -> Scalar.EVENTS;
            case "time" -> new Shape.Time(null);
            case "time-unix" -> new Shape.Time(TimeFormat.UNIX);
            case "time-iso" -> new Shape.Time(TimeFormat.ISO);
            case "time-http" -> new Shape.Time(TimeFormat.HTTP);
            default -> throw new IllegalArgumentException("No type is called '" + type + "'");
        };
    }

    private Shape shape(int number) {
        Shape known = shapes.get(number);
        if (known == null) {
            // Two threads may read the same line at once, and get equal shapes.
            known = read(lines.get(number).split(" ", -1));
            shapes.set(number, known);
        }
        return known;
    }

    private Shape read(String[] parts) {
        if (parts[0].equals("structure")) {
            List<Member> members = new ArrayList<>();
            for (int i = 1; i < parts.length; i++) {
                members.add(member(parts[i].split(",", -1)));
            }
            return new Structure(members);
        }
        Map<String, String> attributes = attributes(parts, 2);
        boolean flat = attributes.containsKey("flat");
        return parts[0].equals("list")
                ? new Shape.ListOf(reference(parts[1]), attributes.get("name"), flat)
                : new Shape.MapOf(reference(parts[1]), attributes.get("key"), attributes.get("value"), flat);
    }

    private Member member(String[] parts) {
        Place place = Place.BODY;
        String wireName = parts[0];
        String ec2Name = null;
        String namespace = null;
        Set<Trait> traits = EnumSet.noneOf(Trait.class);
        for (Map.Entry<String, String> attribute : attributes(parts, 2).entrySet()) {
            switch (attribute.getKey()) {
                case "header", "headers", "query", "path", "status" -> {
                    place = Place.valueOf(attribute.getKey().toUpperCase(java.util.Locale.ROOT));
                    wireName = attribute.getValue();
                }
                case "name" -> wireName = attribute.getValue();
                case "ec2" -> ec2Name = attribute.getValue();
                case "namespace" -> namespace = attribute.getValue();
                default -> traits.add(Trait.of(attribute.getKey()));
            }
        }
        return new Member(
                Character.toUpperCase(parts[0].charAt(0)) + parts[0].substring(1),
                reference(parts[1]),
                place,
                wireName,
                ec2Name,
                namespace,
                traits);
    }
}
