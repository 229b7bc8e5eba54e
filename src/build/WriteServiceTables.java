import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * Writes the tables of AWS's services from their models: what a call needs, and nothing else. The form of a table is
 * told by {@code dev.reprise.task.aws.model.TableText}, which reads it.
 *
 * <p>The profile {@code models} starts it from source, with the folder to write to, and one of archives: a jar and a
 * package of npm that hold models in the form of AWS's older SDKs, where the jar counts for a service that both have;
 * and packages of the SDK for JavaScript 3, of one service each, which is newer. The same archives always give the same
 * tables.
 */
final class WriteServiceTables {

    private static final ObjectMapper JSON = new ObjectMapper();

    private static final Set<String> PROTOCOLS = Set.of("json", "rest-json", "query", "ec2", "rest-xml");

    /** Of services whose models come without their errors. */
    private static final Map<String, List<String>> ERRORS = Map.of(
            "s3",
            List.of(
                    "BucketAlreadyExists",
                    "BucketAlreadyOwnedByYou",
                    "EncryptionTypeMismatch",
                    "InvalidObjectState",
                    "InvalidRequest",
                    "InvalidWriteOffset",
                    "NoSuchBucket",
                    "NoSuchKey",
                    "NoSuchUpload",
                    "NotFound",
                    "ObjectAlreadyInActiveTierError",
                    "ObjectNotInActiveTierError",
                    "TooManyParts"));

    private WriteServiceTables() {}

    public static void main(String[] arguments) throws IOException {
        Path folder = Path.of(arguments[0]);
        Files.createDirectories(folder);
        try (Stream<Path> old = Files.list(folder)) {
            for (Path file : old.toList()) {
                Files.delete(file);
            }
        }
        Map<String, JsonNode> models = new TreeMap<>();
        for (Path archive : archives(Path.of(arguments[1]))) {
            // Schemas come last: they are newer, and complete a model that is there.
            newestModels(archive).forEach((name, model) -> {
                JsonNode older = models.get(name);
                if (model.has("schemas") && older != null) {
                    models.put(name, completed(model, older));
                } else {
                    models.putIfAbsent(name, model);
                }
            });
        }
        StringBuilder index = new StringBuilder();
        long bytes = 0;
        for (Map.Entry<String, JsonNode> model : models.entrySet()) {
            Table table = new Table(model.getKey(), model.getValue());
            byte[] packed = deflate(table.text());
            Files.write(folder.resolve(model.getKey() + ".table"), packed);
            bytes += packed.length;
            index.append(table.indexLine()).append('\n');
        }
        Files.writeString(folder.resolve("index.txt"), index);
        System.out.println(models.size() + " services, " + bytes + " bytes");
    }

    /** Jars first, then what npm has of the second version of its SDK, then of the third. */
    private static List<Path> archives(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().matches(".*\\.(jar|tgz)"))
                    .sorted(Comparator.comparing((Path file) -> file.toString().endsWith(".tgz"))
                            .thenComparing(file -> file.getFileName().toString().startsWith("aws-sdk-client-"))
                            .thenComparing(Path::getFileName))
                    .toList();
        }
    }

    /** The models by the names that {@code aws-sdk} resources use, the newest version of each API. */
    private static Map<String, JsonNode> newestModels(Path archive) throws IOException {
        Map<String, JsonNode> models = new TreeMap<>();
        if (archive.toString().endsWith(".jar")) {
            try (ZipFile zip = new ZipFile(archive.toFile())) {
                for (ZipEntry entry : zip.stream().<ZipEntry>map(each -> each).toList()) {
                    if (entry.getName().endsWith("-model.json")) {
                        add(models, JSON.readTree(zip.getInputStream(entry)));
                    }
                }
            }
            return models;
        }
        String schemas = "";
        String settings = "";
        try (InputStream packed = Files.newInputStream(archive);
                InputStream tar = new BufferedInputStream(new GZIPInputStream(packed))) {
            for (TarEntry entry = TarEntry.read(tar); entry != null; entry = TarEntry.read(tar)) {
                if (entry.name().endsWith(".min.json")) {
                    add(models, JSON.readTree(entry.content()));
                } else if (entry.name().equals("package/dist-es/schemas/schemas_0.js")) {
                    schemas = new String(entry.content(), StandardCharsets.UTF_8);
                } else if (entry.name().equals("package/dist-es/runtimeConfig.shared.js")) {
                    settings = new String(entry.content(), StandardCharsets.UTF_8);
                }
            }
        }
        if (!schemas.isEmpty()) {
            ObjectNode model = new Schemas(schemas, settings).model();
            models.put(
                    Names.service(model.at("/metadata/serviceId").textValue()).toLowerCase(Locale.ROOT), model);
        }
        return models;
    }

    /** What schemas do not tell, from an older model of the same service. */
    private static JsonNode completed(JsonNode model, JsonNode older) {
        ObjectNode completed = model.deepCopy();
        ObjectNode metadata = older.get("metadata").deepCopy();
        metadata.setAll((ObjectNode) model.get("metadata"));
        completed.set("metadata", metadata);
        completed.get("operations").properties().forEach(operation -> {
            JsonNode known = older.at("/operations/" + operation.getKey());
            for (String trait :
                    List.of("httpChecksum", "httpChecksumRequired", "authtype", "auth", "unsignedPayload")) {
                if (known.has(trait)) {
                    ((ObjectNode) operation.getValue()).set(trait, known.get(trait));
                }
            }
        });
        return completed;
    }

    private static void add(Map<String, JsonNode> models, JsonNode model) {
        JsonNode metadata = model.path("metadata");
        if (protocol(metadata).isEmpty() || !metadata.has("serviceId")) {
            return;
        }
        String name = Names.service(metadata.get("serviceId").textValue()).toLowerCase(Locale.ROOT);
        JsonNode other = models.get(name);
        if (other == null || version(other).compareTo(version(model)) < 0) {
            models.put(name, model);
        }
    }

    /** A file in an archive of npm. */
    private record TarEntry(String name, byte[] content) {

        private static final int BLOCK = 512;
        private static final int NAME_LENGTH = 100;
        private static final int SIZE = 124;
        private static final int SIZE_LENGTH = 12;

        /** Null at the end. */
        static TarEntry read(InputStream tar) throws IOException {
            byte[] header = tar.readNBytes(BLOCK);
            if (header.length < BLOCK || header[0] == 0) {
                return null;
            }
            int size = Integer.parseInt(text(header, SIZE, SIZE_LENGTH), 8);
            byte[] content = tar.readNBytes(size);
            tar.skipNBytes((BLOCK - size % BLOCK) % BLOCK);
            return new TarEntry(text(header, 0, NAME_LENGTH), content);
        }

        private static String text(byte[] header, int from, int length) {
            return new String(header, from, length, StandardCharsets.US_ASCII)
                    .replace("\0", "")
                    .strip();
        }
    }

    private static String version(JsonNode model) {
        return model.at("/metadata/apiVersion").asText();
    }

    /** Empty when it is none that the tables know. */
    private static String protocol(JsonNode metadata) {
        String protocol = metadata.path("protocol").asText();
        if (!PROTOCOLS.contains(protocol)) {
            protocol = StreamSupport.stream(metadata.path("protocols").spliterator(), false)
                    .map(JsonNode::asText)
                    .filter(PROTOCOLS::contains)
                    .findFirst()
                    .orElse("");
        }
        return protocol.equals("json") ? "json-" + metadata.path("jsonVersion").asText("1.0") : protocol;
    }

    private static byte[] deflate(String text) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION, true);
        try (DeflaterOutputStream out = new DeflaterOutputStream(packed, deflater)) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        } finally {
            deflater.end();
        }
        return packed.toByteArray();
    }

    /**
     * A service's model as the AWS SDK for JavaScript 3 has it: arrays in a module, such as
     * {@code export var GetItemInput$ = [3, n0, _GII, 0, [_TN], [0], 1];}. Only what has bodies of JSON is read.
     */
    private static final class Schemas {

        private static final Pattern CONSTANT = Pattern.compile("(?m)^const (\\w+) = (\"(?:[^\"\\\\]|\\\\.)*\");$");
        private static final Pattern VARIABLE = Pattern.compile("(?m)^(?:export )?var ([\\w$]+) = (?=\\[)");
        private static final int LIST = 64;
        private static final int MAP = 128;

        private final Map<String, String> constants = new HashMap<>();
        private final Map<String, ArrayNode> variables = new LinkedHashMap<>();
        private final ObjectNode model = JSON.createObjectNode();
        private final String settings;

        /** Whether what the schemas say of paths and headers counts; some say it of protocols that have none. */
        private final boolean rest;

        Schemas(String module, String settings) throws IOException {
            this.settings = settings;
            this.rest = settings.contains("AwsRestJsonProtocol");
            Matcher constant = CONSTANT.matcher(module);
            while (constant.find()) {
                constants.put(
                        constant.group(1), JSON.readTree(constant.group(2)).textValue());
            }
            Matcher variable = VARIABLE.matcher(module);
            while (variable.find()) {
                variables.put(variable.group(1), (ArrayNode) new Literal(module, variable.end(), constants).value());
            }
        }

        private String setting(String pattern) {
            Matcher setting = Pattern.compile(pattern).matcher(settings);
            return setting.find() ? setting.group(1) : "";
        }

        /** In the form of the other SDKs. */
        ObjectNode model() {
            model.put("schemas", true);
            ObjectNode metadata = model.putObject("metadata");
            metadata.put("serviceId", setting("serviceId: config\\?\\.serviceId \\?\\? \"([^\"]+)\""));
            metadata.put("apiVersion", setting("version: \"([^\"]+)\""));
            metadata.put("targetPrefix", setting("serviceTarget: \"([^\"]+)\""));
            String protocol = setting("protocol: config\\?\\.protocol \\?\\? (\\w+)");
            switch (protocol) {
                case "AwsRestJsonProtocol" ->
                    metadata.put("protocol", "rest-json").remove("targetPrefix");
                case "AwsJson1_0Protocol" -> metadata.put("protocol", "json").put("jsonVersion", "1.0");
                case "AwsJson1_1Protocol" -> metadata.put("protocol", "json").put("jsonVersion", "1.1");
                default -> throw new IllegalStateException("The protocol " + protocol + " is not read from schemas");
            }
            ObjectNode shapes = model.putObject("shapes");
            ObjectNode operations = model.putObject("operations");
            ArrayNode errors = JSON.createArrayNode();
            variables.forEach((name, variable) -> {
                switch (variable.get(0).intValue()) {
                    case 9 -> operations.set(variable.get(2).textValue(), operation(variable));
                    case 1, 2, 3, 4 -> shapes.set(name, shape(variable));
                    case -3 -> {
                        if (!variable.get(1).asText().startsWith("smithy.ts.sdk.synthetic")) {
                            String error = variable.get(2).textValue();
                            errors.addObject().put("shape", error);
                            shapes.putObject(error).put("type", "structure");
                        }
                    }
                    default -> {
                        // Simple shapes stand where they are used.
                    }
                }
            });
            operations.forEach(operation -> ((ObjectNode) operation).set("errors", errors));
            return model;
        }

        private ObjectNode operation(ArrayNode variable) {
            ObjectNode operation = JSON.createObjectNode();
            JsonNode http = variable.get(3).path("http");
            if (rest) {
                operation
                        .putObject("http")
                        .put("method", http.path(0).asText("POST"))
                        .put("requestUri", http.path(1).asText("/"));
            }
            JsonNode host = variable.get(3).path("endpoint").path(0);
            if (host.isTextual()) {
                operation.putObject("endpoint").put("hostPrefix", host.textValue());
            }
            structure(operation, "input", variable.get(4));
            structure(operation, "output", variable.get(5));
            return operation;
        }

        private void structure(ObjectNode operation, String name, JsonNode reference) {
            ObjectNode type = type(reference);
            if (type.has("shape")) {
                operation.set(name, type);
            }
        }

        private ObjectNode shape(ArrayNode variable) {
            ObjectNode shape = JSON.createObjectNode();
            switch (variable.get(0).intValue()) {
                case 1 -> shape.put("type", "list").set("member", type(variable.get(4)));
                case 2 -> {
                    shape.put("type", "map").set("key", type(variable.get(4)));
                    shape.set("value", type(variable.get(5)));
                }
                default -> {
                    shape.put("type", "structure");
                    if (variable.get(3).has("streaming")) {
                        shape.put("eventstream", true);
                    }
                    ObjectNode members = shape.putObject("members");
                    for (int i = 0; i < variable.get(4).size(); i++) {
                        String name = variable.get(4).get(i).textValue();
                        members.set(name, member(name, variable.get(5).get(i), shape));
                    }
                }
            }
            return shape;
        }

        private ObjectNode member(String name, JsonNode schema, ObjectNode structure) {
            ObjectNode member = type(schema);
            JsonNode traits = schema.isArray() ? schema.get(1) : JSON.createObjectNode();
            int bits = traits.isInt() ? traits.intValue() : 0;
            if ((bits & 4) != 0 || traits.has("idempotencyToken")) {
                member.put("idempotencyToken", true);
            }
            if (!rest) {
                return member;
            }
            place(member, traits, "httpHeader", "header");
            place(member, traits, "httpPrefixHeaders", "headers");
            place(member, traits, "httpQuery", "querystring");
            if ((bits & 1) != 0 || traits.has("httpLabel")) {
                member.put("location", "uri").put("locationName", name);
            }
            if ((bits & 16) != 0 || traits.has("httpPayload")) {
                structure.put("payload", name);
            }
            if ((bits & 32) != 0 || traits.has("httpResponseCode")) {
                member.put("location", "statusCode");
            }
            if ((bits & 64) != 0 || traits.has("httpQueryParams")) {
                member.put("location", "querystring").put("locationName", name);
            }
            if (traits.has("jsonName")) {
                member.set("locationName", traits.get("jsonName"));
            }
            return member;
        }

        private static void place(ObjectNode member, JsonNode traits, String trait, String location) {
            if (traits.has(trait)) {
                member.put("location", location).set("locationName", traits.get(trait));
            }
        }

        private ObjectNode type(JsonNode schema) {
            if (schema.isArray()) {
                // A schema with its traits, or one that is written where it is used.
                boolean hasTraits = schema.size() <= 2;
                return hasTraits || schema.get(0).intValue() == 0
                        ? type(schema.get(hasTraits ? 0 : 4))
                        : shape((ArrayNode) schema);
            }
            ObjectNode type = JSON.createObjectNode();
            if (schema.isTextual()) {
                ArrayNode variable = variables.get(schema.textValue());
                if (variable == null) {
                    if (!schema.textValue().equals("__Unit")) {
                        throw new IllegalStateException("no such schema: " + schema.textValue());
                    }
                    return type;
                }
                return variable.get(0).intValue() == 0
                        ? type(variable.get(4))
                        : type.put(
                                "shape",
                                variable.get(0).intValue() == -3
                                        ? variable.get(2).textValue()
                                        : schema.textValue());
            }
            int code = schema.intValue();
            if ((code & LIST) != 0) {
                return type.put("type", "list")
                        .set("member", type(JSON.getNodeFactory().numberNode(code & ~LIST)));
            }
            if ((code & MAP) != 0) {
                type.put("type", "map").set("key", JSON.createObjectNode());
                return type.set("value", type(JSON.getNodeFactory().numberNode(code & ~MAP)));
            }
            return switch (code) {
                case 0 -> type.put("type", "string");
                case 1, 19 -> type.put("type", "double");
                case 2 -> type.put("type", "boolean");
                case 4 -> type.put("type", "timestamp");
                case 5 -> type.put("type", "timestamp").put("timestampFormat", "iso8601");
                case 6 -> type.put("type", "timestamp").put("timestampFormat", "rfc822");
                case 7 -> type.put("type", "timestamp").put("timestampFormat", "unixTimestamp");
                case 15 -> type.put("type", "structure").put("document", true);
                case 17 -> type.put("type", "long");
                case 21, 42 -> type.put("type", "blob");
                default -> throw new IllegalStateException("no such type: " + code);
            };
        }
    }

    /** A literal of JavaScript: of arrays, objects, numbers, texts, constants and references to variables. */
    private static final class Literal {

        private static final Pattern WORD = Pattern.compile("[\\w$]+|-?[0-9]+");

        private final String text;
        private final Map<String, String> constants;
        private int at;

        Literal(String text, int at, Map<String, String> constants) {
            this.text = text;
            this.at = at;
            this.constants = constants;
        }

        JsonNode value() throws IOException {
            JsonNode value = one();
            if (next() != '|') {
                return value;
            }
            at++;
            return JSON.getNodeFactory().numberNode(value.intValue() | value().intValue());
        }

        private char next() {
            while (Character.isWhitespace(text.charAt(at))) {
                at++;
            }
            return text.charAt(at);
        }

        private JsonNode one() throws IOException {
            switch (next()) {
                case '[' -> {
                    ArrayNode array = JSON.createArrayNode();
                    for (at++; next() != ']'; skip(',')) {
                        array.add(value());
                    }
                    at++;
                    return array;
                }
                case '{' -> {
                    ObjectNode object = JSON.createObjectNode();
                    for (at++; next() != '}'; skip(',')) {
                        at++;
                        String key = constants.get(word());
                        at = text.indexOf(':', at) + 1;
                        object.set(key, value());
                    }
                    at++;
                    return object;
                }
                case '(' -> {
                    at = text.indexOf("=>", at) + 2;
                    next();
                    return JSON.getNodeFactory().textNode(word());
                }
                case '`' -> {
                    int end = text.indexOf('`', at + 1);
                    JsonNode value = JSON.getNodeFactory().textNode(text.substring(at + 1, end));
                    at = end + 1;
                    return value;
                }
                case '"' -> {
                    int end = at + 1;
                    while (text.charAt(end) != '"') {
                        end += text.charAt(end) == '\\' ? 2 : 1;
                    }
                    JsonNode value = JSON.readTree(text.substring(at, end + 1));
                    at = end + 1;
                    return value;
                }
                default -> {
                    String word = word();
                    return word.matches("-?[0-9]+")
                            ? JSON.getNodeFactory().numberNode(Integer.parseInt(word))
                            : JSON.getNodeFactory().textNode(constants.getOrDefault(word, word));
                }
            }
        }

        private void skip(char character) {
            if (next() == character) {
                at++;
            }
        }

        private String word() {
            Matcher word = WORD.matcher(text).region(at, text.length());
            if (!word.lookingAt()) {
                throw new IllegalStateException("not a literal: " + text.substring(at, at + 40));
            }
            at = word.end();
            return word.group();
        }
    }

    /** How the AWS SDK for Java 2 makes names of those in a model. */
    private static final class Names {

        /** Of a service's id: {@code Amazon DynamoDB} becomes {@code DynamoDb}. */
        static String service(String id) {
            String spaced = id.replaceAll("[^A-Za-z0-9]+", " ")
                    .replaceAll("([^a-z]{2,})v([0-9]+)", "$1 v$2 ")
                    .replaceAll("([^A-Z]{2,})V([0-9]+)", "$1 V$2 ");
            spaced = String.join(" ", spaced.split("(?<=[a-z])(?=[A-Z]([a-zA-Z]|[0-9]))"));
            spaced = spaced.replaceAll("([A-Z]+)([A-Z][a-z])", "$1 $2").replaceAll("([0-9])([a-zA-Z])", "$1 $2");
            StringBuilder name = new StringBuilder();
            for (String word : spaced.strip().split(" +")) {
                name.append(word.substring(0, 1).toUpperCase(Locale.ROOT))
                        .append(word.substring(1).toLowerCase(Locale.ROOT));
            }
            String whole = name.toString();
            if (whole.startsWith("Amazon")) {
                whole = whole.substring("Amazon".length());
            } else if (whole.startsWith("Aws")) {
                whole = whole.substring("Aws".length());
            }
            return whole.endsWith("Service") ? whole.substring(0, whole.length() - "Service".length()) : whole;
        }

        /** Of an error's shape: the names that end in {@code Fault} change it for {@code Exception}. */
        static String error(String shape) {
            String plain = shape.substring(0, 1).toUpperCase(Locale.ROOT) + shape.substring(1);
            if (plain.endsWith("Fault")) {
                return plain.substring(0, plain.length() - "Fault".length()) + "Exception";
            }
            return plain.endsWith("Exception") ? plain : plain + "Exception";
        }
    }

    /** One service's table in the making. */
    private static final class Table {

        private final String name;
        private final JsonNode model;
        private final JsonNode metadata;
        private final Map<String, Integer> numbers = new HashMap<>();
        private final List<String> lines = new ArrayList<>();
        private final String protocol;

        Table(String name, JsonNode model) {
            this.name = name;
            this.model = model;
            this.metadata = model.get("metadata");
            this.protocol = protocol(metadata);
        }

        String prefix() {
            return Names.service(metadata.get("serviceId").textValue());
        }

        String indexLine() {
            return name + " " + prefix() + " " + protocol;
        }

        String text() {
            StringBuilder text = new StringBuilder();
            Map<String, String> head = new LinkedHashMap<>();
            head.put("service", name);
            head.put("prefix", prefix());
            head.put("protocol", protocol);
            head.put("version", metadata.path("apiVersion").asText());
            head.put("endpoint", metadata.path("endpointPrefix").asText());
            head.put("id", metadata.path("serviceId").asText());
            String signing = metadata.path("signingName").asText("");
            if (!signing.isEmpty()
                    && !signing.equals(metadata.path("endpointPrefix").asText())) {
                head.put("signing", signing);
            }
            if (metadata.has("targetPrefix")) {
                head.put("target", metadata.get("targetPrefix").textValue());
            }
            if (metadata.has("xmlNamespace")) {
                head.put("namespace", namespace(metadata.get("xmlNamespace")));
            }
            if (metadata.has("awsQueryCompatible")) {
                head.put("query-compatible", "");
            }
            String auth = auth(metadata);
            if (!auth.equals("v4")) {
                head.put("auth", auth);
            }
            head.forEach(
                    (key, value) -> text.append((key + " " + value).strip()).append('\n'));
            List<String> operations = new ArrayList<>();
            Set<String> errors = new TreeSet<>();
            new TreeMap<>(members(model.get("operations"))).forEach((key, operation) -> {
                operations.add(operation(key, operation));
                operation
                        .path("errors")
                        .forEach(error -> errors.add(error(error.path("shape").asText())));
            });
            ERRORS.getOrDefault(name, List.of()).forEach(error -> errors.add(error(error)));
            errors.forEach(error -> text.append("error ").append(error).append('\n'));
            operations.forEach(operation -> text.append(operation).append('\n'));
            lines.forEach(line -> text.append(line).append('\n'));
            return text.toString();
        }

        /** The name of the exception, and the code on the wire where that is another. */
        private String error(String shape) {
            JsonNode error = model.at("/shapes/" + shape);
            // JSON names the shape, even where a code of the query protocol is known.
            String code = protocol.contains("json")
                    ? shape
                    : error.path("error").path("code").asText(shape);
            String named = Names.error(shape);
            return code.equals(named) ? named : named + " " + code;
        }

        private static String auth(JsonNode node) {
            String type = node.path("authtype").asText("");
            String version = node.path("signatureVersion").asText("v4");
            List<String> kinds = new ArrayList<>();
            node.path("auth").forEach(kind -> kinds.add(kind.asText()));
            if (type.equals("none") || kinds.equals(List.of("smithy.api#noAuth"))) {
                return "none";
            }
            if (type.equals("bearer")
                    || version.equals("bearer")
                    || kinds.equals(List.of("smithy.api#httpBearerAuth"))) {
                return "bearer";
            }
            return type.equals("v4-unsigned-body") ? "v4-unsigned-body" : version.startsWith("s3") ? "s3" : "v4";
        }

        private String operation(String key, JsonNode operation) {
            List<String> parts = new ArrayList<>(List.of("operation", key));
            parts.add(operation.has("input") ? target(operation.get("input")) : "-");
            parts.add(operation.has("output") ? target(operation.get("output")) : "-");
            String method = operation.at("/http/method").asText("POST");
            String uri = operation.at("/http/requestUri").asText("/");
            if (!method.equals("POST") || !uri.equals("/")) {
                parts.add("http=" + method + ":" + uri);
            }
            JsonNode input = operation.path("input");
            if (input.has("locationName")) {
                parts.add("root=" + input.get("locationName").textValue());
            }
            if (input.has("xmlNamespace")) {
                parts.add("namespace=" + namespace(input.get("xmlNamespace")));
            }
            JsonNode output = operation.path("output");
            if (output.has("resultWrapper")) {
                parts.add("wrapper=" + output.get("resultWrapper").textValue());
            }
            if (operation.at("/endpoint/hostPrefix").isTextual()) {
                parts.add("host=" + operation.at("/endpoint/hostPrefix").textValue());
            }
            if (operation.path("httpChecksumRequired").asBoolean()
                    || operation.at("/httpChecksum/requestChecksumRequired").asBoolean()) {
                parts.add("checksum");
            }
            if (operation.at("/httpChecksum/requestAlgorithmMember").isTextual()) {
                parts.add("algorithm="
                        + operation.at("/httpChecksum/requestAlgorithmMember").textValue());
            }
            String auth = auth(operation);
            if (!auth.equals("v4")) {
                parts.add("auth=" + auth);
            }
            if (operation.path("unsignedPayload").asBoolean()) {
                parts.add("auth=v4-unsigned-body");
            }
            return String.join(" ", parts);
        }

        /** The namespace's URI, after its prefix where it has one. */
        private static String namespace(JsonNode namespace) {
            if (namespace.isTextual()) {
                return namespace.textValue();
            }
            String prefix = namespace.path("prefix").asText("");
            return (prefix.isEmpty() ? "" : prefix + "=")
                    + namespace.path("uri").asText();
        }

        /** The type that a reference has: a word, or the number of a line. */
        private String target(JsonNode reference) {
            JsonNode shape = shapeOf(reference);
            return switch (shape.path("type").asText("string")) {
                case "string", "character" ->
                    reference.path("jsonvalue").asBoolean()
                                    || shape.path("jsonvalue").asBoolean()
                            ? "json"
                            : "string";
                case "integer", "long", "short", "byte", "biginteger" -> "integer";
                case "float", "double", "bigdecimal" -> "decimal";
                case "boolean" -> "boolean";
                case "blob" -> "blob";
                case "timestamp" -> {
                    String format = reference
                            .path("timestampFormat")
                            .asText(shape.path("timestampFormat")
                                    .asText(metadata.path("timestampFormat").asText("")));
                    yield switch (format) {
                        case "unixTimestamp" -> "time-unix";
                        case "iso8601" -> "time-iso";
                        case "rfc822" -> "time-http";
                        default -> "time";
                    };
                }
                case "structure" -> {
                    if (shape.path("eventstream").asBoolean()) {
                        yield "events";
                    }
                    yield shape.path("document").asBoolean() ? "any" : number(reference, shape);
                }
                default -> number(reference, shape);
            };
        }

        /** Models of npm have a shape that is used once where it is used, and no word for texts. */
        private JsonNode shapeOf(JsonNode reference) {
            return reference.has("shape")
                    ? model.get("shapes").get(reference.get("shape").textValue())
                    : reference;
        }

        private String number(JsonNode reference, JsonNode shape) {
            String shapeName = reference.path("shape").asText("");
            Integer known = numbers.get(shapeName);
            if (known == null) {
                known = lines.size();
                if (!shapeName.isEmpty()) {
                    numbers.put(shapeName, known);
                }
                lines.add("");
                lines.set(known, line(shape));
            }
            return known.toString();
        }

        private String line(JsonNode shape) {
            List<String> parts = new ArrayList<>();
            switch (shape.get("type").textValue()) {
                case "list" -> {
                    parts.add("list");
                    parts.add(target(shape.get("member")));
                    attribute(parts, "name=", shape.get("member").path("locationName"));
                    flattened(parts, shape);
                }
                case "map" -> {
                    parts.add("map");
                    parts.add(target(shape.get("value")));
                    attribute(parts, "key=", shape.get("key").path("locationName"));
                    attribute(parts, "value=", shape.get("value").path("locationName"));
                    flattened(parts, shape);
                }
                case "structure" -> {
                    parts.add("structure");
                    members(shape.path("members")).forEach((key, member) -> parts.add(member(key, member, shape)));
                }
                default -> throw new IllegalStateException("no such type: " + shape);
            }
            return String.join(" ", parts);
        }

        private static void flattened(List<String> parts, JsonNode shape) {
            if (shape.path("flattened").asBoolean()) {
                parts.add("flat");
            }
        }

        private static void attribute(List<String> parts, String name, JsonNode value) {
            if (value.isTextual()) {
                parts.add(name + value.textValue());
            }
        }

        private String member(String key, JsonNode member, JsonNode structure) {
            List<String> parts = new ArrayList<>(List.of(key, target(member)));
            JsonNode shape = shapeOf(member);
            String wire = member.path("locationName").asText(key);
            String location = member.path("location").asText("");
            switch (location) {
                case "header" -> parts.add("header=" + wire);
                case "headers" ->
                    parts.add("headers=" + member.path("locationName").asText(""));
                case "querystring" -> parts.add("query=" + wire);
                case "uri" -> parts.add("path=" + wire);
                case "statusCode" -> parts.add("status");
                default -> {
                    if (!wire.equals(key)) {
                        parts.add("name=" + wire);
                    }
                }
            }
            if (member.has("queryName")) {
                parts.add("ec2=" + member.get("queryName").textValue());
            }
            if (key.equals(structure.path("payload").asText(""))) {
                parts.add("payload");
            }
            if (member.path("idempotencyToken").asBoolean()) {
                parts.add("token");
            }
            if (member.path("xmlAttribute").asBoolean()) {
                parts.add("attribute");
            }
            if (member.path("hostLabel").asBoolean()) {
                parts.add("host");
            }
            if (member.path("flattened").asBoolean()) {
                parts.add("flat");
            }
            JsonNode namespace = member.has("xmlNamespace") ? member.get("xmlNamespace") : shape.get("xmlNamespace");
            if (namespace != null) {
                parts.add("namespace=" + namespace(namespace));
            }
            return String.join(",", parts);
        }

        private static Map<String, JsonNode> members(JsonNode object) {
            Map<String, JsonNode> members = new LinkedHashMap<>();
            object.properties().forEach(member -> members.put(member.getKey(), member.getValue()));
            return members;
        }
    }
}
