package dev.reprise.nativetests.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DynamoDbLocalTest {

    @Test
    void itStartsEmptyOnAPortOfItsOwn(@TempDir Path folder) {
        Path classpath = Path.of(System.getProperty("dynamodb-local.classpath"));
        try (var dynamoDb = DynamoDbLocal.start(classpath, folder.resolve("dynamodb.log"))) {
            assertThat(dynamoDb.client().listTables().tableNames()).isEmpty();
        }
    }
}
