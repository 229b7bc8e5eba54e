package dev.reprise.task.aws.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.reprise.task.aws.model.Operation;
import dev.reprise.task.aws.model.ServiceModel;
import dev.reprise.task.aws.model.ServiceModels;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests and answers as bytes, by real operations of services that speak the six protocols. */
class ProtocolsTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    private static WireRequest request(String service, String action, String input) throws IOException {
        ServiceModel model = ServiceModels.get(service);
        return WireProtocol.of(model.protocol())
                .request(model, model.operation(action), JSON.readTree(input), () -> "token-1");
    }

    private static JsonNode answer(String service, String action, Map<String, String> headers, String body) {
        ServiceModel model = ServiceModels.get(service);
        Operation operation = model.operation(action);
        return WireProtocol.of(model.protocol()).answer(model, operation, wire(200, headers, body));
    }

    private static WireAnswer wire(int status, Map<String, String> headers, String body) {
        Map<String, List<String>> all = new TreeMap<>();
        headers.forEach((name, value) -> all.put(name, List.of(value)));
        return new WireAnswer(status, all, body.getBytes(StandardCharsets.UTF_8));
    }

    private static String body(WireRequest request) {
        return new String(request.body(), StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        dynamodb | updateItem | {"TableName": "t", "Key": null} | {"TableName":"t"}
        sfn | startExecution | {"StateMachineArn": "a", "Input": {"k": [1, true]}} | {"stateMachineArn":"a","input":"{\\"k\\":[1,true]}"}
        cloudwatchlogs | putLogEvents | {"LogGroupName": "g", "LogEvents": [{"Timestamp": "5", "Message": 7}]} | {"logGroupName":"g","logEvents":[{"timestamp":5,"message":"7"}]}
        kinesis | putRecord | {"StreamName": "s", "PartitionKey": "p", "Data": "Grüße"} | {"StreamName":"s","PartitionKey":"p","Data":"R3LDvMOfZQ=="}
        dynamodb | exportTableToPointInTime | {"TableArn": "a", "S3Bucket": "b", "ExportTime": "2026-11-28T12:00:00.5Z"} | {"TableArn":"a","S3Bucket":"b","ExportTime":1795867200.500,"ClientToken":"token-1"}
        """)
    void everythingStandsInTheBodyOfJson(String service, String action, String input, String body) throws Exception {
        WireRequest request = request(service, action, input);

        assertThat(request.method() + " " + request.path()).isEqualTo("POST /");
        assertThat(request.headers().get("X-Amz-Target"))
                .endsWith(Character.toUpperCase(action.charAt(0)) + action.substring(1));
        assertThat(JSON.readTree(body(request))).isEqualTo(JSON.readTree(body));
    }

    @Test
    void anAnswerOfJsonIsInTheNamesOfWorkflowsWithTimesAsText() throws Exception {
        assertThat(answer(
                        "sfn",
                        "describeExecution",
                        Map.of(),
                        "{\"executionArn\": \"a\", \"startDate\": 1.7958672005E9, \"stopDate\": null, \"unknown\": 1,"
                                + " \"inputDetails\": {\"included\": true}}"))
                .isEqualTo(JSON.readTree("{\"ExecutionArn\": \"a\", \"StartDate\": \"2026-11-28T12:00:00.500Z\","
                        + " \"InputDetails\": {\"Included\": true}}"));
        assertThat(answer(
                        "kinesis",
                        "getRecords",
                        Map.of(),
                        "{\"Records\": [{\"Data\": \"aGk=\"}, {\"Data\": \"//4=\"}]}"))
                .isEqualTo(JSON.readTree("{\"Records\": [{\"Data\": \"hi\"}, {\"Data\": \"//4=\"}]}"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        lambda | listFunctions | {"MaxItems": 5} | GET /2015-03-31/functions {MaxItems=[5]} |
        lambda | deleteFunction | {"FunctionName": "a:b/c", "Qualifier": "7"} | DELETE /2015-03-31/functions/a%3Ab%2Fc {Qualifier=[7]} |
        apigateway | updateRestApi | {"RestApiId": "r", "PatchOperations": [{"Op": "replace", "Path": "/name"}]} | PATCH /restapis/r {} | {"patchOperations":[{"op":"replace","path":"/name"}]}
        batch | listJobs | {} | POST /v1/listjobs {} | {}
        iotdataplane | publish | {"Topic": "a/b", "Payload": {"x": 1}} | POST /topics/a%2Fb {} | {"x":1}
        scheduler | createSchedule | {"Name": "n", "ScheduleExpression": "at(x)", "FlexibleTimeWindow": {"Mode": "OFF"}, "Target": {"Arn": "a", "RoleArn": "r", "Input": {"k": 1}}} | POST /schedules/n {} | {"ScheduleExpression":"at(x)","FlexibleTimeWindow":{"Mode":"OFF"},"Target":{"Arn":"a","RoleArn":"r","Input":"{\\"k\\":1}"},"ClientToken":"token-1"}
        """)
    void restPutsMembersIntoPathQueryAndBody(String service, String action, String input, String line, String body)
            throws Exception {
        WireRequest request = request(service, action, input);

        assertThat(request.method() + " " + request.path() + " " + request.query())
                .isEqualTo(line);
        assertThat(body(request).isEmpty() ? null : JSON.readTree(body(request)))
                .isEqualTo(body == null ? null : JSON.readTree(body));
    }

    @Test
    void restReadsHeadersTheStatusAndAPayload() throws Exception {
        assertThat(answer("lambda", "invoke", Map.of("X-Amz-Executed-Version", "7"), "{\"a\":1}"))
                .isEqualTo(JSON.readTree(
                        "{\"Payload\": \"{\\\"a\\\":1}\", \"ExecutedVersion\": \"7\", \"StatusCode\": 200}"));
    }

    @Test
    void formsNameValuesByTheirPath() throws Exception {
        assertThat(body(request(
                        "rds",
                        "describeDBInstances",
                        "{\"Filters\": [{\"Name\": \"engine\", \"Values\": [\"mysql\", \"a b\"]}],"
                                + " \"MaxRecords\": 20}")))
                .isEqualTo("Action=DescribeDBInstances&Version=2014-10-31&Filters.Filter.1.Name=engine"
                        + "&Filters.Filter.1.Values.Value.1=mysql&Filters.Filter.1.Values.Value.2=a%20b&MaxRecords=20");
        assertThat(body(request(
                        "elasticloadbalancing", "describeLoadBalancers", "{\"LoadBalancerNames\": [\"a\", \"b\"]}")))
                .isEqualTo("Action=DescribeLoadBalancers&Version=2012-06-01&LoadBalancerNames.member.1=a"
                        + "&LoadBalancerNames.member.2=b");
        assertThat(body(request(
                        "ec2",
                        "describeInstances",
                        "{\"InstanceIds\": [\"i-1\"], \"Filters\": [{\"Name\": \"tag:a\", \"Values\": [\"x\"]}]}")))
                .isEqualTo("Action=DescribeInstances&Version=2016-11-15&Filter.1.Name=tag%3Aa&Filter.1.Value.1=x"
                        + "&InstanceId.1=i-1");
    }

    @Test
    void answersOfXmlAreReadByTheirShapes() throws Exception {
        assertThat(answer("ec2", "describeInstances", Map.of(), """
            <DescribeInstancesResponse xmlns="http://ec2.amazonaws.com/doc/2016-11-15/"><requestId>r</requestId>
            <reservationSet><item><instancesSet><item><instanceId>i-1</instanceId>
            <amiLaunchIndex>0</amiLaunchIndex><ebsOptimized>false</ebsOptimized>
            <launchTime>2026-11-28T12:00:00.000Z</launchTime></item></instancesSet></item></reservationSet>
            </DescribeInstancesResponse>\
            """)).isEqualTo(JSON.readTree("""
                {"Reservations": [{"Instances": [{"InstanceId": "i-1", "AmiLaunchIndex": 0,
                  "EbsOptimized": false, "LaunchTime": "2026-11-28T12:00:00Z"}]}]}\
                """));
        assertThat(answer("sqs", "getQueueUrl", Map.of(), "{\"QueueUrl\": \"q\"}"))
                .isEqualTo(JSON.readTree("{\"QueueUrl\": \"q\"}"));
        assertThat(answer(
                        "s3",
                        "getBucketLocation",
                        Map.of(),
                        "<LocationConstraint"
                                + " xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\">EU</LocationConstraint>"))
                .isEqualTo(JSON.readTree("{\"LocationConstraint\": \"EU\"}"));
    }

    @Test
    void bodiesOfXmlHaveTheirNamespaceAndAttributes() throws Exception {
        assertThat(body(request("s3", "putBucketAcl", """
            {"Bucket": "b", "AccessControlPolicy": {"Grants": [{"Permission": "READ",
              "Grantee": {"Type": "Group", "URI": "a&b"}}]}}\
            """)))
                .isEqualTo("<AccessControlPolicy xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\"><AccessControlList>"
                        + "<Grant><Grantee xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" xsi:type=\"Group\">"
                        + "<URI>a&amp;b</URI></Grantee><Permission>READ</Permission></Grant></AccessControlList>"
                        + "</AccessControlPolicy>");
        assertThat(body(request(
                        "route53", "createHostedZone", "{\"Name\": \"example.org\", \"CallerReference\": \"c\"}")))
                .isEqualTo("<CreateHostedZoneRequest xmlns=\"https://route53.amazonaws.com/doc/2013-04-01/\">"
                        + "<Name>example.org</Name><CallerReference>c</CallerReference></CreateHostedZoneRequest>");
    }

    /** Lambda takes JSON alone, and says so of all else. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        lambda | invoke | {"FunctionName": "f", "Payload": {"x": 1}} | application/json
        iotdataplane | publish | {"Topic": "f", "Payload": {"x": 1}} | application/octet-stream
        """)
    void bytesAreCalledWhatTheServiceWantsThemToBe(String service, String action, String input, String type)
            throws Exception {
        assertThat(request(service, action, input).headers()).containsEntry("Content-Type", type);
    }

    @Test
    void anErrorsMessageMayStandInAHeader() {
        assertThat(WireProtocol.of(ServiceModels.get("lambda").protocol())
                        .error(wire(403, Map.of("x-amzn-error-message", "not you"), "{}"))
                        .message())
                .isEqualTo("not you");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        dynamodb | | {"__type": "com.amazonaws.dynamodb.v20120810#ResourceNotFoundException", "message": "m"} | ResourceNotFoundException | m
        lambda | ResourceNotFoundException:http://internal/ | {"Message": "m"} | ResourceNotFoundException | m
        sns | | <ErrorResponse><Error><Type>Sender</Type><Code>NotFound</Code><Message>m</Message></Error><RequestId>r</RequestId></ErrorResponse> | NotFound | m
        ec2 | | <Response><Errors><Error><Code>InvalidInstanceID</Code><Message>m</Message></Error></Errors><RequestID>r</RequestID></Response> | InvalidInstanceID | m
        s3 | | <Error><Code>NoSuchKey</Code><Message>m</Message><RequestId>r</RequestId></Error> | NoSuchKey | m
        dynamodb | | <html>Bad gateway</html> | |
        sns | | Bad gateway | |
        """)
    void errorsAreReadWhateverTheyStandIn(String service, String header, String body, String code, String message) {
        WireError error = WireProtocol.of(ServiceModels.get(service).protocol())
                .error(wire(400, header == null ? Map.of() : Map.of("x-amzn-errortype", header), body));

        assertThat(error.code()).isEqualTo(code);
        assertThat(error.message()).isEqualTo(message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"Records\": [", "", "{\"Records\": [{\"Data\": 1e400}]}"})
    void anAnswerThatWasCutOffIsNone(String body) {
        if (body.isEmpty()) {
            assertThat(answer("kinesis", "getRecords", Map.of(), body)).isEmpty();
        } else {
            assertThatThrownBy(() -> answer("kinesis", "getRecords", Map.of(), body))
                    .isInstanceOf(UnreadableAnswerException.class);
        }
    }

    @Test
    void anAnswerOfXmlReadsNothingOutsideItself() {
        String body = "<!DOCTYPE a [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><a><MessageId>&x;</MessageId></a>";

        assertThatThrownBy(() -> answer("sns", "publish", Map.of(), body))
                .isInstanceOf(UnreadableAnswerException.class);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        dynamodb | query | {"Limit": "many"} | The field 'Limit' must be a number, but was "many"
                    kinesis | getRecords | {"Limit": 1.5} | The field 'Limit' must be a whole number, but was 1.5
        dynamodb | query | {"ConsistentRead": 1} | The field 'ConsistentRead' must be true or false, but was 1
        sns | publish | {"MessageAttributes": [1]} | The field 'MessageAttributes' must be an object, but was an array
        s3 | putBucketAcl | {"Bucket": "b", "AccessControlPolicy": {"Grant": []}} | The field 'AccessControlPolicy/Grant' is not supported by Step Functions
        rds | describeDBInstances | {"Filters": [{"Name": "n", "Value": 1}]} | The field 'Filters/0/Value' is not supported by Step Functions
        dynamodb | exportTableToPointInTime | {"ExportTime": "noon"} | The field 'ExportTime' must be a time such as 2026-11-28T21:46:00Z, but was "noon"
        """)
    void whatNoRequestCanHoldIsNamedWithItsPlace(String service, String action, String input, String message) {
        assertThatThrownBy(() -> request(service, action, input))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessage(message);
    }
}
