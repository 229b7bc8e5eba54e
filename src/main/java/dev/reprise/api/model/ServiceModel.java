package dev.reprise.api.model;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The actions of the Step Functions API of 2016-11-23 with the members of their requests and answers.
 *
 * <p>Bounds of payloads are left out where this engine takes more: an input, an output and what belongs to them are
 * bounded by {@code reprise.runner.payload-bytes}.
 *
 * @see <a href="https://docs.aws.amazon.com/step-functions/latest/apireference/API_Operations.html">AWS, Actions</a>
 */
public final class ServiceModel {

    /**
     * A request or an answer, a shape that several have, or a structure; see {@link ModelText} for the words. Each line
     * that is not indented begins one: {@code NAME} an action's request, {@code NAME =} its answer, and {@code :NAME} a
     * structure that others name.
     */
    private static final String TEXT = """
        :Tag
          key text 1..128
          value text 0..256
        :EncryptionConfiguration
          kmsKeyId text 1..2048
          kmsDataKeyReusePeriodSeconds whole 60..900
          type! AWS_OWNED_KEY|CUSTOMER_MANAGED_KMS_KEY
        :CloudWatchLogsLogGroup
          logGroupArn text 1..256
        :LogDestination
          cloudWatchLogsLogGroup :CloudWatchLogsLogGroup
        :LoggingConfiguration
          level ALL|ERROR|FATAL|OFF
          includeExecutionData flag
          destinations many :LogDestination
        :TracingConfiguration
          enabled flag
        :RoutingConfigurationListItem
          stateMachineVersionArn! text 1..256
          weight! whole 0..100
        :MockErrorOutput
          error secret 0..256
          cause secret 0..32768
        :MockInput
          result secret
          errorOutput :MockErrorOutput
          fieldValidationMode STRICT|PRESENT|NONE
        :TestStateConfiguration
          retrierRetryCount whole 0..
          errorCausedByState secret 1..80
          mapIterationFailureCount whole 0..
          mapItemReaderData secret
        :Details
          included flag
        :Counts
          pending! whole
          running! whole
          succeeded! whole
          failed! whole
          timedOut! whole
          aborted! whole
          total! whole
          resultsWritten! whole
          failuresNotRedrivable whole
          pendingRedrive whole
        :ActivityListItem
          activityArn! text
          name! text
          creationDate! time
        :ExecutionListItem
          executionArn! text
          stateMachineArn! text
          name! text
          status! text
          startDate! time
          stopDate time
          mapRunArn text
          itemCount whole
          stateMachineVersionArn text
          stateMachineAliasArn text
          redriveCount whole
          redriveDate time
        :MapRunListItem
          executionArn! text
          mapRunArn! text
          stateMachineArn! text
          startDate! time
          stopDate time
        :StateMachineAliasListItem
          stateMachineAliasArn! text
          creationDate! time
        :StateMachineVersionListItem
          stateMachineVersionArn! text
          creationDate! time
        :StateMachineListItem
          stateMachineArn! text
          name! text
          type! text
          creationDate! time
        :BillingDetails
          billedMemoryUsedInMB whole
          billedDurationInMilliseconds whole
        :Diagnostic
          severity! text
          code! text
          message! text
          location text
        CreateActivity
          name! text 1..80
          tags many :Tag
          encryptionConfiguration :EncryptionConfiguration
        CreateActivity =
          activityArn! text
          creationDate! time
        CreateStateMachine
          name! text 1..80
          definition! secret 1..1048576
          roleArn! text 1..256
          type STANDARD|EXPRESS
          loggingConfiguration :LoggingConfiguration
          tags many :Tag
          tracingConfiguration :TracingConfiguration
          publish flag
          versionDescription secret 0..256
          encryptionConfiguration :EncryptionConfiguration
        CreateStateMachine =
          stateMachineArn! text
          creationDate! time
          stateMachineVersionArn text
        CreateStateMachineAlias
          description secret 0..256
          name! text 1..80 like ^(?=.*[a-zA-Z_\\-\\.])[a-zA-Z0-9_\\-\\.]+$
          routingConfiguration! many 1..2 :RoutingConfigurationListItem
        CreateStateMachineAlias =
          stateMachineAliasArn! text
          creationDate! time
        DeleteActivity
          activityArn! text 1..256
        DeleteActivity =
        DeleteStateMachine
          stateMachineArn! text 1..256
        DeleteStateMachine =
        DeleteStateMachineAlias
          stateMachineAliasArn! text 1..256
        DeleteStateMachineAlias =
        DeleteStateMachineVersion
          stateMachineVersionArn! text 1..2000
        DeleteStateMachineVersion =
        DescribeActivity
          activityArn! text 1..256
        DescribeActivity =
          activityArn! text
          name! text
          creationDate! time
          encryptionConfiguration :EncryptionConfiguration
        DescribeExecution
          executionArn! text 1..256
          includedData ALL_DATA|METADATA_ONLY
        DescribeExecution =
          executionArn! text
          stateMachineArn! text
          name text
          status! text
          startDate! time
          stopDate time
          input text
          inputDetails :Details
          output text
          outputDetails :Details
          traceHeader text
          mapRunArn text
          error text
          cause text
          stateMachineVersionArn text
          stateMachineAliasArn text
          redriveCount whole
          redriveDate time
          redriveStatus text
          redriveStatusReason text
        DescribeMapRun
          mapRunArn! text 1..2000
        DescribeMapRun =
          mapRunArn! text
          executionArn! text
          status! text
          startDate! time
          stopDate time
          maxConcurrency! whole
          toleratedFailurePercentage! number
          toleratedFailureCount! whole
          itemCounts! :Counts
          executionCounts! :Counts
          redriveCount whole
          redriveDate time
        DescribeStateMachine
          stateMachineArn! text 1..256
          includedData ALL_DATA|METADATA_ONLY
        DescribeStateMachine =
          stateMachineArn! text
          name! text
          status text
          definition! text
          roleArn! text
          type! text
          creationDate! time
          loggingConfiguration :LoggingConfiguration
          tracingConfiguration :TracingConfiguration
          label text
          revisionId text
          description text
          encryptionConfiguration :EncryptionConfiguration
          variableReferences named many text
        DescribeStateMachineAlias
          stateMachineAliasArn! text 1..256
        DescribeStateMachineAlias =
          stateMachineAliasArn text
          name text
          description text
          routingConfiguration many :RoutingConfigurationListItem
          creationDate time
          updateDate time
        DescribeStateMachineForExecution
          executionArn! text 1..256
          includedData ALL_DATA|METADATA_ONLY
        DescribeStateMachineForExecution =
          stateMachineArn! text
          name! text
          definition! text
          roleArn! text
          updateDate! time
          loggingConfiguration :LoggingConfiguration
          tracingConfiguration :TracingConfiguration
          mapRunArn text
          label text
          revisionId text
          encryptionConfiguration :EncryptionConfiguration
          variableReferences named many text
        GetActivityTask
          activityArn! text 1..256
          workerName text 1..80
        GetActivityTask =
          taskToken text
          input text
        GetExecutionHistory
          executionArn! text 1..256
          maxResults whole 0..1000
          reverseOrder flag
          nextToken text 1..1024
          includeExecutionData flag
        GetExecutionHistory =
          events! many events
          nextToken text
        ListActivities
          maxResults whole 0..1000
          nextToken text 1..1024
        ListActivities =
          activities! many :ActivityListItem
          nextToken text
        ListExecutions
          stateMachineArn text 1..256
          statusFilter RUNNING|SUCCEEDED|FAILED|TIMED_OUT|ABORTED|PENDING_REDRIVE
          maxResults whole 0..1000
          nextToken text 1..3096
          mapRunArn text 1..2000
          redriveFilter REDRIVEN|NOT_REDRIVEN
        ListExecutions =
          executions! many :ExecutionListItem
          nextToken text
        ListMapRuns
          executionArn! text 1..256
          maxResults whole 0..1000
          nextToken text 1..1024
        ListMapRuns =
          mapRuns! many :MapRunListItem
          nextToken text
        ListStateMachineAliases
          stateMachineArn! text 1..256
          nextToken text 1..1024
          maxResults whole 0..1000
        ListStateMachineAliases =
          stateMachineAliases! many :StateMachineAliasListItem
          nextToken text
        ListStateMachineVersions
          stateMachineArn! text 1..256
          nextToken text 1..1024
          maxResults whole 0..1000
        ListStateMachineVersions =
          stateMachineVersions! many :StateMachineVersionListItem
          nextToken text
        ListStateMachines
          maxResults whole 0..1000
          nextToken text 1..1024
        ListStateMachines =
          stateMachines! many :StateMachineListItem
          nextToken text
        ListTagsForResource
          resourceArn! text 1..256
        ListTagsForResource =
          tags many :Tag
        PublishStateMachineVersion
          stateMachineArn! text 1..256
          revisionId text
          description secret 0..256
        PublishStateMachineVersion =
          creationDate! time
          stateMachineVersionArn! text
        RedriveExecution
          executionArn! text 1..256
          clientToken text 1..64 like [!-~]+
        RedriveExecution =
          redriveDate! time
        SendTaskFailure
          taskToken! text 1..2048
          error secret 0..256
          cause secret 0..32768
        SendTaskFailure =
        SendTaskHeartbeat
          taskToken! text 1..2048
        SendTaskHeartbeat =
        SendTaskSuccess
          taskToken! text 1..2048
          output! secret
        SendTaskSuccess =
        StartExecution
          stateMachineArn! text 1..256
          name text 1..80
          input secret
          traceHeader text 0..256 like \\p{ASCII}*
        StartExecution =
          executionArn! text
          startDate! time
        StartSyncExecution
          stateMachineArn! text 1..256
          name text 1..80
          input secret
          traceHeader text 0..256 like \\p{ASCII}*
          includedData ALL_DATA|METADATA_ONLY
        StartSyncExecution =
          executionArn! text
          stateMachineArn text
          name text
          startDate! time
          stopDate! time
          status! text
          error text
          cause text
          input text
          inputDetails :Details
          output text
          outputDetails :Details
          traceHeader text
          billingDetails :BillingDetails
        StopExecution
          executionArn! text 1..256
          error secret 0..256
          cause secret 0..32768
        StopExecution =
          stopDate! time
        TagResource
          resourceArn! text 1..256
          tags! many :Tag
        TagResource =
        TestState
          definition! secret 1..1048576
          roleArn text 1..256
          input secret
          inspectionLevel INFO|DEBUG|TRACE
          revealSecrets flag
          variables secret
          stateName secret 1..80
          mock :MockInput
          context secret
          stateConfiguration :TestStateConfiguration
        TestState =
          output text
          error text
          cause text
          inspectionData inspection
          nextState text
          status text
        UntagResource
          resourceArn! text 1..256
          tagKeys! many text 1..128
        UntagResource =
        UpdateMapRun
          mapRunArn! text 1..2000
          maxConcurrency whole 0..
          toleratedFailurePercentage number 0..100
          toleratedFailureCount whole 0..
        UpdateMapRun =
        UpdateStateMachine
          stateMachineArn! text 1..256
          definition secret 1..1048576
          roleArn text 1..256
          loggingConfiguration :LoggingConfiguration
          tracingConfiguration :TracingConfiguration
          publish flag
          versionDescription secret 0..256
          encryptionConfiguration :EncryptionConfiguration
        UpdateStateMachine =
          updateDate! time
          revisionId text
          stateMachineVersionArn text
        UpdateStateMachineAlias
          stateMachineAliasArn! text 1..256
          description secret 0..256
          routingConfiguration many 1..2 :RoutingConfigurationListItem
        UpdateStateMachineAlias =
          updateDate! time
        ValidateStateMachineDefinition
          definition! secret 1..1048576
          type STANDARD|EXPRESS
          severity ERROR|WARNING
          maxResults whole 0..100
        ValidateStateMachineDefinition =
          result! text
          diagnostics! many :Diagnostic
          truncated flag
        """;

    private static final Map<String, Shape.Structure> STRUCTURES = ModelText.read(TEXT);

    private static final Map<String, Action> ACTIONS = actions();

    private ServiceModel() {}

    /**
     * An action.
     *
     * @param request its members
     * @param answer its members
     */
    public record Action(String name, Shape.Structure request, Shape.Structure answer) {}

    private static Map<String, Action> actions() {
        Map<String, Action> actions = new LinkedHashMap<>();
        STRUCTURES.forEach((name, request) -> {
            Shape.Structure answer = STRUCTURES.get(name + " =");
            if (answer != null) {
                actions.put(name, new Action(name, request, answer));
            }
        });
        return Collections.unmodifiableMap(actions);
    }

    /** The names of all actions. */
    public static Set<String> actionNames() {
        return ACTIONS.keySet();
    }

    /** The action of that name; null when there is none. */
    public static @Nullable Action find(String name) {
        return ACTIONS.get(name);
    }

    /** The action of that name, which there is. */
    public static Action action(String name) {
        return Objects.requireNonNull(find(name), name);
    }
}
