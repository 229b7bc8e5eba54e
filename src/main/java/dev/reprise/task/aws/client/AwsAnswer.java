package dev.reprise.task.aws.client;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.reprise.task.aws.protocol.WireAnswer;

/**
 * What a service answered to a request that it took.
 *
 * @param output its members, in the names of workflows
 * @param wire status and headers
 */
public record AwsAnswer(ObjectNode output, WireAnswer wire) {}
