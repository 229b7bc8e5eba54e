package dev.reprise.nativetests.sqs;

import dev.reprise.nativetests.lambda.FunctionSettings;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.elasticmq.rest.sqs.SQSRestServer;
import org.elasticmq.rest.sqs.SQSRestServerBuilder;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/**
 * ElasticMQ, which stands for SQS, in this process; and AWS's client of it, which checks the digests of what it reads.
 */
public final class ElasticMq implements AutoCloseable {

    private static final int LONGEST_WAIT_SECONDS = 20;

    private final SQSRestServer server;
    private final URI endpoint;
    private final SqsClient client;

    /** Starts one without queues, on a free port. */
    public ElasticMq() {
        server = SQSRestServerBuilder.withInterface("127.0.0.1")
                .withDynamicPort()
                .start();
        endpoint = URI.create(
                "http://127.0.0.1:" + server.waitUntilStarted().localAddress().getPort());
        client = SqsClient.builder()
                .endpointOverride(endpoint)
                .region(Region.of(FunctionSettings.REGION))
                .credentialsProvider(AnonymousCredentialsProvider.create())
                .httpClient(UrlConnectionHttpClient.create())
                .build();
    }

    /** Where it listens. */
    public URI endpoint() {
        return endpoint;
    }

    /** Makes a queue, and gives its URL. */
    public String queue(String name) {
        return client.createQueue(request -> request.queueName(name)).queueUrl();
    }

    /** Makes a queue that keeps the order within a group; its name ends in {@code .fifo}. */
    public String fifoQueue(String name) {
        return client.createQueue(
                        request -> request.queueName(name).attributes(Map.of(QueueAttributeName.FIFO_QUEUE, "true")))
                .queueUrl();
    }

    /** Takes at most ten messages out of a queue, and waits for the first. */
    public List<Message> take(String queue) {
        List<Message> messages = client.receiveMessage(request -> request.queueUrl(queue)
                        .maxNumberOfMessages(10)
                        .messageAttributeNames("All")
                        .waitTimeSeconds(LONGEST_WAIT_SECONDS))
                .messages();
        for (Message message : messages) {
            client.deleteMessage(request -> request.queueUrl(queue).receiptHandle(message.receiptHandle()));
        }
        return messages;
    }

    /** Whether a queue holds no message. */
    public boolean isEmpty(String queue) {
        return client.receiveMessage(request -> request.queueUrl(queue))
                .messages()
                .isEmpty();
    }

    @Override
    public void close() {
        client.close();
        server.stopAndWait();
    }
}
