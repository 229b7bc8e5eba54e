package dev.reprise.nativetests.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TemplateTest {

    @TempDir
    private Path folder;

    private Template template;

    @BeforeEach
    void write() throws IOException {
        template = Template.read(Files.writeString(folder.resolve("template.yaml"), """
            Parameters:
              Colour: { Type: String, Default: green }
            Resources:
              Things:
                Type: AWS::DynamoDB::Table
                Properties:
                  AttributeDefinitions:
                    - { AttributeName: pk, AttributeType: S }
                    - { AttributeName: at, AttributeType: N }
                  KeySchema:
                    - { AttributeName: pk, KeyType: HASH }
                  GlobalSecondaryIndexes:
                    - IndexName: by-time
                      KeySchema:
                        - { AttributeName: at, KeyType: HASH }
                      Projection: { ProjectionType: KEYS_ONLY }
              Work:
                Type: AWS::Serverless::Function
                Properties:
                  FunctionName: !Sub ${AWS::StackName}-work
                  Environment:
                    Variables:
                      TABLE: !Ref Things
                      LEVEL: "3"
                      COLOUR: !Ref Colour
                      ROLE: !If [UsesRole, !GetAtt Role.Arn, !Ref AWS::NoValue]
            Outputs:
              Start:
                Value: !Sub >-
                  aws lambda invoke
                  --function-name ${Work}
            """));
    }

    @Test
    void theEnvironmentsReferencesAreResolvedAndWhatDependsOnAConditionIsLeftOut() {
        assertThat(template.environment(Map.of("Things", "things-1")))
                .isEqualTo(Map.of("TABLE", "things-1", "LEVEL", "3", "COLOUR", "green"));
    }

    @Test
    void anOutputIsOneLine() {
        assertThat(template.outputs()).isEqualTo(Map.of("Start", "aws lambda invoke --function-name ${Work}"));
    }

    @Test
    void aReferenceThatNothingStandsForIsAnError() {
        assertThatThrownBy(() -> template.environment(Map.of()))
                .hasMessageContainingAll("TABLE", "Things", "do not provide");
    }

    @Test
    void theTableHasItsKeysAndIndexes() {
        var table = template.table("things-1");

        assertThat(table.tableName()).isEqualTo("things-1");
        assertThat(table.keySchema()).extracting(key -> key.attributeName()).containsExactly("pk");
        assertThat(table.attributeDefinitions())
                .extracting(attribute -> attribute.attributeName() + " " + attribute.attributeTypeAsString())
                .containsExactly("pk S", "at N");
        assertThat(table.globalSecondaryIndexes().getFirst().indexName()).isEqualTo("by-time");
        assertThat(table.globalSecondaryIndexes().getFirst().projection().projectionTypeAsString())
                .isEqualTo("KEYS_ONLY");
    }
}
