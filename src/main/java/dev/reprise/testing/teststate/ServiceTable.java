package dev.reprise.testing.teststate;

import dev.reprise.asl.Resource;
import dev.reprise.asl.Resource.Pattern;
import dev.reprise.testing.teststate.Shape.Structure;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * What one AWS service answers. It is read from a table beside this class:
 *
 * <pre>
 * getFunction                       an action, or a structure
 *   Configuration Configuration     a field that holds a structure
 *   Tags {string}                   an object whose names are data
 * createFunction = Configuration    an action that answers with a structure
 * Configuration
 *   FunctionName! string 1..64      always there; its length
 *   MemorySize number 128..10240    its bounds
 *   State string Active|Inactive    the only values
 *   Layers [Layer]                  an array
 * </pre>
 *
 * The other types are {@code boolean}, {@code time}, which is text, and {@code any}. A line that ends in a backslash
 * goes on in the next.
 */
final class ServiceTable {

    /** What AWS calls a service in its own integration, where that is not the name in the SDK. */
    private static final Map<String, String> SDK_NAMES = Map.of("events", "eventbridge", "states", "sfn");

    /** Services whose answers Step Functions does not check: what they answer is up to whom they call. */
    private static final Set<String> UNCHECKED = Set.of("http", "apigateway", "eks");

    private static final Map<String, Optional<ServiceTable>> READ = new ConcurrentHashMap<>();

    private final Map<String, Shape> sections;

    private ServiceTable(Map<String, Shape> sections) {
        this.sections = sections;
    }

    /**
     * What a resource answers: for {@code .sync}, when the job is done. Null when it is not known, or when somebody
     * else gives the result.
     */
    static @Nullable Answer answerOf(Resource resource) {
        if (resource.pattern() == Pattern.WAIT_FOR_TASK_TOKEN) {
            return null;
        }
        return switch (resource) {
            case Resource.SdkAction action -> find(action.service(), action.api(), false);
            case Resource.Integration integration ->
                UNCHECKED.contains(integration.service()) ? null : find(integration.service(), integration.api(), true);
            case Resource.StartExecution start -> find(start.type(), start.api(), true);
            case Resource.LambdaFunction function -> null;
            case Resource.Activity activity -> null;
            case Resource.InProcess task -> null;
            case Resource.Unknown unknown -> null;
        };
    }

    /**
     * What an action answers.
     *
     * @param service as a Task's {@code Resource} names it, such as {@code dynamodb} or {@code events}
     * @param action such as {@code putItem}
     * @param ownIntegration whether the service has an integration of its own, rather than through the SDK
     * @return null when no table tells
     */
    static @Nullable Answer find(String service, String action, boolean ownIntegration) {
        ServiceTable table = READ.computeIfAbsent(SDK_NAMES.getOrDefault(service, service), ServiceTable::read)
                .orElse(null);
        if (table == null) {
            return null;
        }
        Shape own = ownIntegration ? table.sections.get(service + ":" + action) : null;
        Shape shape = own != null ? own : table.sections.get(action);
        return shape == null ? null : new Answer(table, shape);
    }

    /** An answer's shape, and the table that its structures stand in. */
    record Answer(ServiceTable table, Shape shape) {}

    /** What stands under each heading. */
    Map<String, Shape> sections() {
        return Collections.unmodifiableMap(sections);
    }

    /** The structure of this name. */
    Structure structure(String name) {
        Shape shape = sections.get(name);
        if (shape instanceof Structure structure) {
            return structure;
        }
        throw new IllegalStateException("The table has no structure named '" + name + "'");
    }

    private static Optional<ServiceTable> read(String service) {
        if (!service.matches("[a-z0-9]+")) {
            return Optional.empty();
        }
        try (InputStream file = ServiceTable.class.getResourceAsStream(service + ".txt")) {
            return file == null
                    ? Optional.empty()
                    : Optional.of(parse(new String(file.readAllBytes(), StandardCharsets.UTF_8)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static ServiceTable parse(String text) {
        Map<String, Shape> sections = new HashMap<>();
        Map<String, Shape.Field> fields = new LinkedHashMap<>();
        String section = "";
        for (String line : text.replaceAll("\\s*\\\\\\n\\s*", "").lines().toList()) {
            if (line.isBlank() || line.startsWith("#")) {
                continue;
            }
            if (line.startsWith(" ")) {
                Shape.Field field = field(line.strip());
                fields.put(field.name(), field);
                continue;
            }
            sections.computeIfAbsent(section, name -> new Structure(fields));
            fields.clear();
            int same = line.indexOf(" = ");
            section = same < 0 ? line : line.substring(0, same);
            if (same >= 0) {
                sections.put(section, ShapeText.parse(line.substring(same + 3)));
            }
        }
        sections.computeIfAbsent(section, name -> new Structure(fields));
        return new ServiceTable(sections);
    }

    private static Shape.Field field(String line) {
        int space = line.indexOf(' ');
        String name = line.substring(0, space);
        boolean required = name.endsWith("!");
        return new Shape.Field(
                required ? name.substring(0, name.length() - 1) : name,
                ShapeText.parse(line.substring(space + 1)),
                required);
    }
}
