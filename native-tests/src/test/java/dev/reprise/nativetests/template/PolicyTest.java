package dev.reprise.nativetests.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PolicyTest {

    @TempDir
    private Path folder;

    private Template template(String conditional) throws IOException {
        return Template.read(Files.writeString(folder.resolve("template.yaml"), """
            Resources:
              Role:
                Type: AWS::IAM::Role
                Properties:
                  Policies:
                    - PolicyName: things
                      PolicyDocument:
                        Statement:
                          - { Effect: Allow, Action: [s3:GetObject, "sqs:*"], Resource: !GetAtt Things.Arn }
              More:
                Type: AWS::IAM::RolePolicy
                Condition: HasMore
                Properties:
                  RoleName: !Ref Role
                  PolicyDocument:
                    Statement:
                      - { Effect: %s, Action: s3:PutObject, Resource: !Sub "arn:aws:s3:::${Bucket}/*" }
            """.formatted(conditional)));
    }

    @Test
    void theActionAndTheResourceBothCount() throws IOException {
        Policy policy = template("Allow").rolePolicy(Set.of(), Map.of("Things.Arn", "arn:things"));

        assertThat(policy.allows("s3:GetObject", "arn:things")).isTrue();
        assertThat(policy.allows("sqs:SendMessage", "arn:things")).isTrue();
        assertThat(policy.allows("s3:GetObject", "arn:things/more")).isFalse();
        assertThat(policy.allows("s3:GetObjectVersion", "arn:things")).isFalse();
    }

    @Test
    void aPolicyWithAConditionCountsWhereThatHolds() throws IOException {
        Map<String, String> resolved = Map.of("Bucket", "mine");

        assertThat(template("Allow")
                        .rolePolicy(Set.of("HasMore"), resolved)
                        .allows("s3:PutObject", "arn:aws:s3:::mine/a"))
                .isTrue();
        assertThat(template("Allow").rolePolicy(Set.of(), resolved).allows("s3:PutObject", "arn:aws:s3:::mine/a"))
                .isFalse();
        assertThat(template("Allow").rolePolicy(Set.of("HasMore"), resolved).allows("s3:PutObject", "arn:aws:s3:::a/a"))
                .isFalse();
    }

    @Test
    void whatDeniesIsNotTakenForWhatAllows() throws IOException {
        Template template = template("Deny");

        assertThatThrownBy(() -> template.rolePolicy(Set.of("HasMore"), Map.of()))
                .hasMessageContaining("Deny");
    }
}
