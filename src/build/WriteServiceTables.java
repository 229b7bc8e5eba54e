import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
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
 * <p>The profile {@code models} starts it from source, with the folder to write to, and archives that hold models in the
 * form of the AWS SDKs: jars, or packages of npm. Where two have a service, the first counts. The same archives always
 * give the same tables.
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
        for (String archive : List.of(arguments).subList(1, arguments.length)) {
            newestModels(Path.of(archive)).forEach(models::putIfAbsent);
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
        try (InputStream packed = Files.newInputStream(archive);
                InputStream tar = new BufferedInputStream(new GZIPInputStream(packed))) {
            for (TarEntry entry = TarEntry.read(tar); entry != null; entry = TarEntry.read(tar)) {
                if (entry.name().endsWith(".min.json")) {
                    add(models, JSON.readTree(entry.content()));
                }
            }
        }
        return models;
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
            String code = error.path("error").path("code").asText(shape);
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
