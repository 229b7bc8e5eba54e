package dev.reprise.testing.teststate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class ServiceTableTest {

    private static final Path TABLES = Path.of("src", "main", "resources", "dev", "reprise", "testing", "teststate");

    @TestFactory
    List<DynamicTest> eachTableHasEveryStructureThatItNames() throws IOException {
        try (Stream<Path> files = Files.list(TABLES)) {
            return files.sorted().map(ServiceTableTest::resolves).toList();
        }
    }

    private static DynamicTest resolves(Path file) {
        return DynamicTest.dynamicTest(file.getFileName().toString(), () -> {
            ServiceTable table = ServiceTable.parse(Files.readString(file));
            assertThat(table.sections()).isNotEmpty();
            table.sections().values().forEach(shape -> resolve(table, shape));
        });
    }

    /** One step into each structure: the table's own sections lead everywhere else. */
    private static void resolve(ServiceTable table, Shape shape) {
        switch (shape) {
            case Shape.Named(String name) ->
                assertThat(table.structure(name).fields()).isNotNull();
            case Shape.ListOf(Shape element) -> resolve(table, element);
            case Shape.MapOf(Shape value) -> resolve(table, value);
            case Shape.Structure structure ->
                structure.fields().values().forEach(field -> resolve(table, field.shape()));
            default -> assertThat(shape).isNotNull();
        }
    }

    @Test
    void aTableIsReadAsItsDescriptionSays() {
        ServiceTable table = ServiceTable.parse("""
            # A comment.
            get
              Tags {[string]}
              Size! number 0.5..
            put = Item
            Item
              Name string ..64
              State string On| \\
                  Off
            """);
        assertThat(table.structure("get").fields().values())
                .containsExactly(
                        new Shape.Field(
                                "Tags",
                                new Shape.MapOf(new Shape.ListOf(new Shape.Text(null, null, List.of()))),
                                false),
                        new Shape.Field("Size", new Shape.Numeric(new BigDecimal("0.5"), null), true));
        assertThat(table.structure("Item").fields().get("State").shape())
                .isEqualTo(new Shape.Text(null, null, List.of("On", "Off")));
        assertThat(table.sections().get("put")).isEqualTo(new Shape.Named("Item"));
        assertThatThrownBy(() -> table.structure("put")).hasMessage("The table has no structure named 'put'");
    }

    @Test
    void anIntegrationOfItsOwnMayAnswerOtherwise() {
        assertThat(payload(true)).isEqualTo(new Shape.Anything());
        assertThat(payload(false)).isEqualTo(new Shape.Text(null, null, List.of()));
        assertThat(ServiceTable.find("../lambda", "invoke", true)).isNull();
    }

    private static Shape payload(boolean own) {
        Shape invoke = Objects.requireNonNull(ServiceTable.find("lambda", "invoke", own))
                .shape();
        return Objects.requireNonNull(((Shape.Structure) invoke).fields().get("Payload"))
                .shape();
    }

    @Test
    void theSdkWritesAbbreviationsAsWords() {
        assertThat(Stream.of(
                                "KMSKeyArn",
                                "SSEKMSKeyId",
                                "ETag",
                                "MD5OfMessageBody",
                                "ARN",
                                "S",
                                "ChecksumCRC32",
                                "Name")
                        .map(name -> new Shape.Field(name, new Shape.Flag(), false).sdkName()))
                .containsExactly(
                        "KmsKeyArn", "SsekmsKeyId", "ETag", "Md5OfMessageBody", "Arn", "S", "ChecksumCRC32", "Name");
    }
}
