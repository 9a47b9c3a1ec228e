package dev.gavel.relay;

import dev.gavel.runtime.CannotStart;
import dev.gavel.runtime.Settings;
import dev.gavel.sqs.SqsClients;
import dev.gavel.sqs.SqsQueues;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;

/// One queue, and the queue of its dead letters.
final class SqsInbox implements AutoCloseable {

    private static final Duration POLL = Duration.ofSeconds(20);
    private static final int LONGEST_REASON = 500;

    private final SqsQueues queues;
    private final String queue;
    private final int hiddenSeconds;
    private final SqsClient client;
    private final SqsClient polling;
    private volatile @Nullable String url;
    private volatile @Nullable String deadLetterUrl;

    /// A message that was received, hidden from others for a while.
    record Received(String id, String receipt, String body, int times, Instant sentAt) {}

    /// @throws CannotStart when there is no such queue, or a setting is missing or malformed
    SqsInbox(Settings settings, String queue, int hiddenSeconds) {
        this.queues = SqsQueues.of(settings);
        this.queue = queue;
        this.hiddenSeconds = hiddenSeconds;
        try {
            queues.queue(queue);
        } catch (IllegalArgumentException unknown) {
            throw new CannotStart("GAVEL_QUEUE: " + unknown.getMessage() + ".", unknown);
        }
        this.client = SqsClients.of(settings);
        this.polling = SqsClients.polling(settings, POLL);
    }

    /// What makes events of its messages.
    Translation translation() {
        return queues.queue(queue).from() == null ? Translation.AS_IT_IS : new S3Arrivals();
    }

    /// Up to so many messages, waiting up to 20 seconds for the first; at most 10 at a time.
    List<Received> receive(int most) {
        String from = url();
        return polling
                .receiveMessage(request -> request.queueUrl(from)
                        .maxNumberOfMessages(most)
                        .waitTimeSeconds((int) POLL.toSeconds())
                        .visibilityTimeout(hiddenSeconds)
                        .messageSystemAttributeNames(
                                MessageSystemAttributeName.APPROXIMATE_RECEIVE_COUNT,
                                MessageSystemAttributeName.SENT_TIMESTAMP))
                .messages()
                .stream()
                .map(SqsInbox::received)
                .toList();
    }

    void delete(Received message) {
        String from = url();
        client.deleteMessage(request -> request.queueUrl(from).receiptHandle(message.receipt()));
    }

    /// Lets a message come back after so long.
    void delay(Received message, int seconds) {
        String from = url();
        client.changeMessageVisibility(request ->
                request.queueUrl(from).receiptHandle(message.receipt()).visibilityTimeout(seconds));
    }

    /// Puts a message among the dead letters with the reason, and only then takes it out of the queue.
    ///
    /// @return false when the queue has none
    boolean bury(Received message, Verdict.Never refusal) {
        Optional<String> to = deadLetterUrl();
        to.ifPresent(deadLetters -> {
            client.sendMessage(request -> request.queueUrl(deadLetters)
                    .messageBody(message.body())
                    .messageAttributes(Map.of(
                            "gavel-status", attribute("Number", Integer.toString(refusal.status())),
                            "gavel-reason", attribute("String", reason(refusal.reason())))));
            delete(message);
        });
        return to.isPresent();
    }

    private static Received received(Message message) {
        return new Received(
                message.messageId(),
                message.receiptHandle(),
                message.body(),
                Integer.parseInt(
                        message.attributes().getOrDefault(MessageSystemAttributeName.APPROXIMATE_RECEIVE_COUNT, "1")),
                Instant.ofEpochMilli(Long.parseLong(
                        message.attributes().getOrDefault(MessageSystemAttributeName.SENT_TIMESTAMP, "0"))));
    }

    private static MessageAttributeValue attribute(String type, String value) {
        return MessageAttributeValue.builder().dataType(type).stringValue(value).build();
    }

    /// An attribute may not be empty and may hold no control characters.
    private static String reason(String told) {
        String printable = told.replaceAll("[\\p{Cc}\\p{Cn}\\p{Cs}]+", " ").strip();
        return printable.isEmpty()
                ? "no reason given"
                : printable.substring(0, Math.min(printable.length(), LONGEST_REASON));
    }

    private String url() {
        String known = url;
        if (known == null) {
            known = queues.url(client, queue);
            url = known;
        }
        return known;
    }

    private Optional<String> deadLetterUrl() {
        String name = queues.queue(queue).deadLetter();
        if (name != null && deadLetterUrl == null) {
            deadLetterUrl = queues.url(client, name);
        }
        return Optional.ofNullable(deadLetterUrl);
    }

    @Override
    public void close() {
        polling.close();
        client.close();
    }
}
