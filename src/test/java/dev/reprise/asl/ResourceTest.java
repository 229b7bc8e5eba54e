package dev.reprise.asl;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.asl.Resource.Activity;
import dev.reprise.asl.Resource.InProcess;
import dev.reprise.asl.Resource.Integration;
import dev.reprise.asl.Resource.LambdaFunction;
import dev.reprise.asl.Resource.Pattern;
import dev.reprise.asl.Resource.SdkAction;
import dev.reprise.asl.Resource.StartExecution;
import dev.reprise.asl.Resource.Unknown;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ResourceTest {

    static Stream<Resource> resources() {
        return Stream.of(
                new InProcess("task:charge", "charge", Pattern.REQUEST_RESPONSE),
                new InProcess("task:ask.waitForTaskToken", "ask", Pattern.WAIT_FOR_TASK_TOKEN),
                new InProcess("task:orders.charge", "orders.charge", Pattern.REQUEST_RESPONSE),
                new LambdaFunction(
                        "arn:aws:lambda:eu-west-1:111111111111:function:charge",
                        "eu-west-1",
                        "111111111111",
                        "charge",
                        null),
                new LambdaFunction(
                        "arn:aws-cn:lambda:cn-north-1:111111111111:function:charge:$LATEST",
                        "cn-north-1",
                        "111111111111",
                        "charge",
                        "$LATEST"),
                new Activity("arn:aws-us-gov:states:us-gov-west-1:111111111111:activity:pack", "pack"),
                new Integration("arn:aws:states:::dynamodb:putItem", "dynamodb", "putItem", Pattern.REQUEST_RESPONSE),
                new Integration("arn:aws-cn:states:::glue:startJobRun.sync", "glue", "startJobRun", Pattern.SYNC),
                new Integration(
                        "arn:aws:states:us-east-1:111111111111:sqs:sendMessage.waitForTaskToken",
                        "sqs",
                        "sendMessage",
                        Pattern.WAIT_FOR_TASK_TOKEN),
                new SdkAction("arn:aws:states:::aws-sdk:s3:getObject", "s3", "getObject", Pattern.REQUEST_RESPONSE),
                new SdkAction(
                        "arn:aws-us-gov:states:::aws-sdk:sqs:sendMessage.waitForTaskToken",
                        "sqs",
                        "sendMessage",
                        Pattern.WAIT_FOR_TASK_TOKEN),
                new StartExecution("arn:aws:states:::states:startExecution", Pattern.REQUEST_RESPONSE),
                new StartExecution("arn:aws:states:::states:startExecution.sync:2", Pattern.SYNC_2));
    }

    @ParameterizedTest
    @MethodSource("resources")
    void isReadFromItsText(Resource resource) {
        assertThat(Resource.parse(resource.uri())).isEqualTo(resource);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "charge",
                "task:",
                "task:.waitForTaskToken",
                "task:two words",
                "arn",
                "arn::states:::sqs:sendMessage",
                "arn:aws:s3:::bucket",
                "arn:aws:lambda:us-east-1:111111111111:layer:shared",
                "arn:aws:lambda:us-east-1:111111111111:function:",
                "arn:aws:lambda:us-east-1:111111111111:function:charge:1:2",
                "arn:aws:states:::",
                "arn:aws:states:::sqs",
                "arn:aws:states:::aws-sdk:sqs",
                "arn:aws:states:::sqs:sendMessage.later",
                "arn:aws:states:::sqs:sendMessage:2",
                "arn:aws:states:::sqs:.sync"
            })
    void isUnknownWhenNothingIsWrittenSo(String uri) {
        assertThat(Resource.parse(uri)).isEqualTo(new Unknown(uri));
    }

    /** What needs an account has no meaning without one. */
    @Test
    void anActivityStandsInAnAccount() {
        assertThat(Resource.parse("arn:aws:states:::activity:pack")).isNotInstanceOf(Activity.class);
    }

    @ParameterizedTest
    @MethodSource("resources")
    void asksForTheSameWithoutAToken(Resource resource) {
        Resource request = resource.withoutToken();

        assertThat(request.pattern()).isNotEqualTo(Pattern.WAIT_FOR_TASK_TOKEN);
        assertThat(request.getClass()).isEqualTo(resource.getClass());
        assertThat(resource.uri()).startsWith(request.uri());
    }

    @ParameterizedTest
    @EnumSource(Pattern.class)
    void thePatternStandsAtTheEnd(Pattern pattern) {
        Resource resource = Resource.parse("arn:aws:states:::states:startExecution" + pattern.suffix());

        assertThat(resource.pattern()).isEqualTo(pattern);
    }

    @Test
    void aFunctionWhoseArnIsAPlaceholderCannotExist() {
        LambdaFunction written = (LambdaFunction) Resource.parse("arn:aws:lambda:REGION:ACCOUNT:function:charge");
        LambdaFunction real =
                (LambdaFunction) Resource.parse("arn:aws:lambda:us-east-1:111111111111:function:charge:PROD");

        assertThat(written.canExist()).isFalse();
        assertThat(real.canExist()).isTrue();
        assertThat(real.unqualified()).isEqualTo("arn:aws:lambda:us-east-1:111111111111:function:charge");
    }
}
