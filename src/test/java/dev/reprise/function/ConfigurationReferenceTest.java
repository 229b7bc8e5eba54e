package dev.reprise.function;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaParameter;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.smallrye.config.WithParentName;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

/** {@code docs/configuration.md} has each setting of the code once, with its default, and no other. */
class ConfigurationReferenceTest {

    private static final Path REFERENCE = Path.of("docs", "configuration.md");
    private static final Path DEFAULTS = Path.of("src/main/resources/META-INF/microprofile-config.properties");
    private static final Path PARSER = Path.of("src/main/java/dev/reprise/asl/parser");

    /** Of the folder alone: to look through the whole class path takes long. */
    private static final JavaClasses WIRING =
            new ClassFileImporter().importPath(Path.of("target/classes/dev/reprise/function"));

    /** Of Quarkus: it is read, and not ours. */
    private static final String OF_QUARKUS = "quarkus.";

    @Test
    void eachSettingIsThereWithItsDefault() throws IOException {
        Map<String, String> documented = new TreeMap<>();
        for (List<String> row : rows("| setting | environment variable | default | what it is |")) {
            String before = documented.put(code(row.get(0)), code(row.get(2)));
            assertThat(before).as("documented twice: " + row.get(0)).isNull();
        }

        assertThat(documented).isEqualTo(settings());
    }

    @Test
    void environmentVariablesAreNamedAsTheConfigurationReadsThem() throws IOException {
        for (List<String> row : rows("| setting | environment variable | default | what it is |")) {
            String variable = code(row.get(1));
            if (!variable.isEmpty() && !row.get(0).contains("\"")) {
                assertThat(variable).isEqualTo(variable(code(row.get(0))));
            }
        }
    }

    @Test
    void theTemplateSetsOnlyWhatIsDocumented() throws IOException {
        Set<String> documented = new TreeSet<>();
        for (List<String> row : rows("| setting | environment variable | default | what it is |")) {
            documented.add(code(row.get(1)));
        }

        Matcher set =
                Pattern.compile("(?m)^ +(REPRISE_[A-Z_]+):").matcher(Files.readString(Path.of("infra/template.yaml")));
        List<String> variables = set.results().map(found -> found.group(1)).toList();

        assertThat(variables).isNotEmpty();
        assertThat(documented).containsAll(variables);
    }

    @Test
    void whatIsSetOfQuarkusIsThereWithItsValue() throws IOException {
        Map<String, String> documented = new TreeMap<>();
        for (List<String> row : rows("| setting | value | why |")) {
            for (String setting : row.get(0).split(", ", -1)) {
                documented.put(code(setting), code(row.get(1)));
            }
        }

        assertThat(documented)
                .isEqualTo(defaults().entrySet().stream()
                        .filter(entry -> entry.getKey().startsWith(OF_QUARKUS)
                                || entry.getKey().startsWith("%prod." + OF_QUARKUS))
                        .collect(toMap(Map.Entry::getKey, Map.Entry::getValue)));
    }

    /** Those of Reprise's own that dev mode and tests set otherwise have a word on it in their row. */
    @Test
    void whatDevModeAndTestsSetIsASetting() throws IOException {
        List<String> profiled = defaults().keySet().stream()
                .filter(key -> key.startsWith("%"))
                .map(key -> key.substring(key.indexOf('.') + 1))
                .filter(key -> !key.startsWith("quarkus"))
                .toList();

        assertThat(settings().keySet()).containsAll(profiled);
    }

    @Test
    void eachFieldOfARepriseBlockIsThere() throws IOException {
        Set<String> documented = new TreeSet<>();
        for (List<String> row : rows("| field | in | what it is |")) {
            for (String field : row.get(0).split(", ", -1)) {
                documented.add(code(field));
            }
        }

        Set<String> fields = new TreeSet<>(Set.of("RateLimit"));
        for (String table : List.of("RepriseTables.java", "CompletionTables.java")) {
            Matcher field = Pattern.compile("(?:optional|jsonPath)\\(\"(\\w+)\"")
                    .matcher(Files.readString(PARSER.resolve(table)));
            field.results().forEach(found -> fields.add(found.group(1)));
        }
        assertThat(documented).isEqualTo(fields);
    }

    /** The settings that the wiring reads, and their defaults. */
    private static Map<String, String> settings() {
        Map<String, String> settings = new TreeMap<>();
        for (JavaClass type : WIRING) {
            type.tryGetAnnotationOfType(ConfigMapping.class)
                    .ifPresent(mapping -> addMapped(type, mapping.prefix(), settings));
            Stream.concat(type.getConstructors().stream(), type.getMethods().stream())
                    .map(JavaCodeUnit::getParameters)
                    .flatMap(List::stream)
                    .forEach(parameter -> addInjected(parameter, settings));
        }
        return settings;
    }

    private static void addInjected(JavaParameter parameter, Map<String, String> settings) {
        parameter.tryGetAnnotationOfType(ConfigProperty.class).ifPresent(property -> {
            if (!property.name().startsWith(OF_QUARKUS)) {
                String value = property.defaultValue().equals(ConfigProperty.UNCONFIGURED_VALUE)
                        ? ""
                        : property.defaultValue();
                String other = settings.put(property.name(), value);
                assertThat(other == null ? value : other)
                        .as(property.name() + " has one default, wherever it is read")
                        .isEqualTo(value);
            }
        });
    }

    private static void addMapped(JavaClass type, String prefix, Map<String, String> settings) {
        for (JavaMethod method : type.getMethods()) {
            if (method.isAnnotatedWith(WithParentName.class)) {
                settings.put(prefix + ".\"\"", "");
            } else if (method.getModifiers().contains(com.tngtech.archunit.core.domain.JavaModifier.ABSTRACT)) {
                settings.put(
                        prefix + "." + kebab(method.getName()),
                        method.tryGetAnnotationOfType(WithDefault.class)
                                .map(WithDefault::value)
                                .orElse(""));
            }
        }
    }

    private static String kebab(String name) {
        return name.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
    }

    private static String variable(String setting) {
        return setting.replaceAll("[^A-Za-z0-9]", "_").toUpperCase(Locale.ROOT);
    }

    private static Map<String, String> defaults() throws IOException {
        Properties properties = new Properties();
        try (Reader file = Files.newBufferedReader(DEFAULTS)) {
            properties.load(file);
        }
        return properties.stringPropertyNames().stream().collect(toMap(key -> key, properties::getProperty));
    }

    /** The rows of all tables with that head. */
    private static List<List<String>> rows(String head) throws IOException {
        List<List<String>> rows = new ArrayList<>();
        boolean inTable = false;
        for (String line : Files.readAllLines(REFERENCE)) {
            inTable = line.equals(head) || (inTable && line.startsWith("|"));
            if (inTable && !line.equals(head) && !line.startsWith("| ---")) {
                rows.add(Stream.of(line.substring(1, line.lastIndexOf('|')).split("\\|", -1))
                        .map(String::strip)
                        .toList());
            }
        }
        assertThat(rows).as(head).isNotEmpty();
        return rows;
    }

    /** What stands between back ticks; of a map's key, whatever it is called. */
    private static String code(String cell) {
        Matcher code = Pattern.compile("`([^`]*)`").matcher(cell);
        return code.find() ? code.group(1).replaceAll("\"[A-Z]+\"", "\"\"") : "";
    }
}
