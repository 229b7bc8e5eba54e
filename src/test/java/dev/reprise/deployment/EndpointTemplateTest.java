package dev.reprise.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The Step Functions API in the cloud: nobody may ask without a signature. */
class EndpointTemplateTest {

    private static final List<String> OF_THE_URL = List.of("Url", "CallersPolicy");

    private static final List<String> OF_THE_API =
            List.of("Api", "ApiIntegration", "ApiRoute", "ApiStage", "ApiLogs", "ApiPermission", "CallersPolicy");

    private final Template none = Template.with(Map.of());
    private final Template url = Template.with(Map.of("FunctionUrl", "true"));
    private final Template api = Template.with(Map.of("HttpApi", "true"));

    @Test
    void thereIsNoneUnlessItIsAskedFor() {
        assertThat(none.resources()).doesNotContainKeys("Url", "Api", "ApiPermission", "CallersPolicy");
        assertThat(none.outputs()).doesNotContainKeys("List", "Proxy", "ListByApi", "ProxyByApi", "AwsCli");
        assertThat(url.resources())
                .containsKeys(OF_THE_URL.toArray(String[]::new))
                .doesNotContainKey("Api");
        assertThat(api.resources())
                .containsKeys(OF_THE_API.toArray(String[]::new))
                .doesNotContainKey("Url");
    }

    @Test
    void aUrlWantsASignature() {
        JsonNode made = url.properties("Url");

        assertThat(made.path("AuthType").asText()).isEqualTo("AWS_IAM");
        assertThat(made.path("TargetFunctionArn").asText()).isEqualTo("${Function.Arn}");
    }

    @Test
    void eachRouteOfTheApiWantsASignature() {
        List<JsonNode> routes = ofType(api, "AWS::ApiGatewayV2::Route");

        assertThat(routes).hasSize(1);
        assertThat(routes.getFirst().path("AuthorizationType").asText()).isEqualTo("AWS_IAM");
        assertThat(routes.getFirst().path("RouteKey").asText()).isEqualTo("POST /");
        assertThat(routes.getFirst().path("Target").asText()).isEqualTo("integrations/${ApiIntegration}");
        assertThat(api.properties("ApiIntegration").path("PayloadFormatVersion").asText())
                .isEqualTo("2.0");
    }

    /** A page of a browser gets no leave to ask, of the one nor of the other. */
    @Test
    void corsIsOff() {
        assertThat(url.properties("Url").has("Cors")).isFalse();
        assertThat(api.properties("Api").has("CorsConfiguration")).isFalse();
    }

    /** A resource-based policy for anybody would open what IAM closes. */
    @Test
    void onlyThisApiMayInvokeTheFunctionForOthers() {
        for (Template template : List.of(url, api, Template.with(ParametersTest.CHOICES))) {
            for (JsonNode permission : ofType(template, "AWS::Lambda::Permission")) {
                assertThat(permission.path("Principal").asText()).endsWith(".amazonaws.com");
                assertThat(permission.has("FunctionUrlAuthType")).isFalse();
                assertThat(permission.path("SourceArn").asText()).isNotEmpty();
            }
        }
        assertThat(api.properties("ApiPermission").path("SourceArn").asText())
                .isEqualTo("arn:aws:execute-api:eu-west-1:111111111111:${Api}/*/*/");
    }

    @Test
    void callersMayAskByTheEndpointAndInNoOtherWay() {
        assertThat(url.properties("CallersPolicy").at("/PolicyDocument/Statement"))
                .hasToString("[{\"Effect\":\"Allow\",\"Action\":\"lambda:InvokeFunctionUrl\","
                        + "\"Resource\":\"${Function.Arn}\","
                        + "\"Condition\":{\"StringEquals\":{\"lambda:FunctionUrlAuthType\":\"AWS_IAM\"}}},"
                        + "{\"Effect\":\"Allow\",\"Action\":\"lambda:InvokeFunction\","
                        + "\"Resource\":\"${Function.Arn}\","
                        + "\"Condition\":{\"Bool\":{\"lambda:InvokedViaFunctionUrl\":\"true\"}}}]");
        assertThat(api.properties("CallersPolicy").at("/PolicyDocument/Statement"))
                .hasToString("[{\"Effect\":\"Allow\",\"Action\":\"execute-api:Invoke\","
                        + "\"Resource\":\"arn:aws:execute-api:eu-west-1:111111111111:${Api}/*/POST/\"}]");
    }

    @Test
    void whoAskedIsLoggedAndWhatForIsNot() {
        String format =
                api.properties("ApiStage").at("/AccessLogSettings/Format").asText();

        assertThat(format)
                .contains("$context.identity.userArn", "$context.status")
                .doesNotContain("body", "input");
    }

    private static List<JsonNode> ofType(Template template, String type) {
        return template.resources().values().stream()
                .filter(resource -> resource.path("Type").asText().equals(type))
                .map(resource -> resource.path("Properties"))
                .toList();
    }
}
