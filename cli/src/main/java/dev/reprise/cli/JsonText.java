package dev.reprise.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** JSON that comes from the command line, from files, and from endpoints. */
final class JsonText {

    static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private JsonText() {}

    /** A value as a user gives it: JSON, {@code @FILE}, or {@code -} for standard input. */
    static JsonNode argument(String name, String text) {
        try {
            if (text.equals("-")) {
                return parse("standard input", new String(System.in.readAllBytes(), StandardCharsets.UTF_8));
            }
        } catch (IOException e) {
            throw new CommandException("Cannot read standard input: " + e.getMessage());
        }
        return text.startsWith("@") ? file(Path.of(text.substring(1))) : parse(name, text);
    }

    static JsonNode file(Path file) {
        return parse(file.toString(), read(file));
    }

    /** What a file holds. */
    static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (NoSuchFileException e) {
            throw new CommandException("There is no file " + file);
        } catch (CharacterCodingException e) {
            throw new CommandException(file + " is not text in UTF-8");
        } catch (IOException e) {
            throw new CommandException("Cannot read " + file + ": " + e.getMessage());
        }
    }

    static void write(Path file, String text) {
        try {
            Path folder = file.toAbsolutePath().getParent();
            if (folder != null) {
                Files.createDirectories(folder);
            }
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new CommandException("Cannot write " + file + ": " + e.getMessage());
        }
    }

    static JsonNode parse(String source, String text) {
        try {
            JsonNode value = MAPPER.readTree(text);
            if (value.isMissingNode()) {
                throw new CommandException(source + " is empty where JSON is expected");
            }
            return value;
        } catch (JsonProcessingException e) {
            throw new CommandException(
                    source + " is no JSON: line " + e.getLocation().getLineNr() + ", column "
                            + e.getLocation().getColumnNr() + ": " + e.getOriginalMessage());
        }
    }

    static String pretty(JsonNode value) {
        return JsonFormatter.format(value.toString());
    }
}
