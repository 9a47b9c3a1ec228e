package dev.gavel.sqs;

import dev.gavel.events.Json;
import dev.gavel.kernel.Unavailable;
import dev.gavel.runtime.CannotStart;
import dev.gavel.runtime.Settings;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;
import software.amazon.awssdk.services.sqs.model.QueueDoesNotExistException;
import software.amazon.awssdk.services.sqs.model.QueueNameExistsException;

/// The queues of `terraform/queues.json`, which comes with this module: their real names, and for tests and
/// the local platform a way to make them. In AWS, Terraform makes them.
public final class SqsQueues {

    private final String prefix;
    private final Map<String, SqsQueue> queues;

    private SqsQueues(String prefix, Map<String, SqsQueue> queues) {
        this.prefix = prefix;
        this.queues = queues;
    }

    /// The declared queues with the prefix that `GAVEL_QUEUE_PREFIX` sets, which is `gavel-` when nothing
    /// does.
    ///
    /// @throws CannotStart when the prefix cannot begin the name of a queue
    /// @throws IllegalStateException when `queues.json` is missing or wrong; the message says where
    public static SqsQueues of(Settings settings) {
        return of(settings.text("GAVEL_QUEUE_PREFIX", "gavel-"), declaration());
    }

    static SqsQueues of(String prefix, String json) {
        if (!prefix.matches("[a-zA-Z0-9_-]{0,20}")) {
            throw new CannotStart(
                    "GAVEL_QUEUE_PREFIX may have up to 20 letters, digits, '_' and '-', but is " + prefix + ".");
        }
        return new SqsQueues(prefix, SqsQueue.read(json));
    }

    /// All queues in the order of declaration.
    public Collection<SqsQueue> declared() {
        return List.copyOf(queues.values());
    }

    /// What is declared about a queue.
    ///
    /// @throws IllegalArgumentException when `terraform/queues.json` declares no such queue
    public SqsQueue queue(String queue) {
        SqsQueue found = queues.get(queue);
        if (found == null) {
            throw new IllegalArgumentException(
                    "terraform/queues.json declares no queue " + queue + ", only " + queues.keySet());
        }
        return found;
    }

    /// The real name of a queue.
    ///
    /// @throws IllegalArgumentException when `terraform/queues.json` declares no such queue
    public String name(String queue) {
        return prefix + queue(queue).name();
    }

    /// What SQS calls the address of a queue, which every request about it carries. It never changes, so ask
    /// once.
    ///
    /// @throws IllegalStateException when the queue was not made yet
    /// @throws Unavailable when SQS does not answer
    public String url(SqsClient client, String queue) {
        String name = name(queue);
        try {
            return client.getQueueUrl(request -> request.queueName(name)).queueUrl();
        } catch (QueueDoesNotExistException missing) {
            throw new IllegalStateException("There is no queue " + name + ": make it with Terraform.", missing);
        } catch (SdkClientException trouble) {
            throw new Unavailable("SQS does not answer", trouble);
        }
    }

    /// Makes the queues that are not there yet, those of dead letters first. Doing it again changes nothing.
    ///
    /// @throws IllegalStateException when a queue is there with other attributes
    /// @throws Unavailable when SQS does not answer
    public void create(SqsClient client) {
        try {
            queues.values().stream().filter(queue -> queue.deadLetter() == null).forEach(queue -> make(client, queue));
            queues.values().stream().filter(queue -> queue.deadLetter() != null).forEach(queue -> make(client, queue));
        } catch (SdkClientException trouble) {
            throw new Unavailable("SQS does not answer", trouble);
        }
    }

    private void make(SqsClient client, SqsQueue queue) {
        Map<QueueAttributeName, String> attributes = new TreeMap<>();
        attributes.put(QueueAttributeName.VISIBILITY_TIMEOUT, Integer.toString(queue.visibility()));
        attributes.put(QueueAttributeName.MESSAGE_RETENTION_PERIOD, Integer.toString(queue.retention()));
        if (queue.deadLetter() != null && queue.maxReceives() != null) {
            attributes.put(
                    QueueAttributeName.REDRIVE_POLICY,
                    Json.MAPPER.writeValueAsString(Map.of(
                            "deadLetterTargetArn",
                            arn(client, queue.deadLetter()),
                            "maxReceiveCount",
                            queue.maxReceives())));
        }
        try {
            client.createQueue(request -> request.queueName(name(queue.name())).attributes(attributes));
        } catch (QueueNameExistsException other) {
            throw new IllegalStateException(
                    "The queue " + name(queue.name())
                            + " is there with other attributes than terraform/queues.json says.",
                    other);
        }
    }

    private String arn(SqsClient client, String queue) {
        String url = url(client, queue);
        Map<QueueAttributeName, String> found = client.getQueueAttributes(
                        request -> request.queueUrl(url).attributeNames(QueueAttributeName.QUEUE_ARN))
                .attributes();
        return found.getOrDefault(QueueAttributeName.QUEUE_ARN, "");
    }

    private static String declaration() {
        try (InputStream json = SqsQueues.class.getResourceAsStream("queues.json")) {
            if (json == null) {
                throw new IllegalStateException("terraform/queues.json is not in the jar of gavel-sqs: build it again");
            }
            return new String(json.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException trouble) {
            throw new UncheckedIOException(trouble);
        }
    }
}
