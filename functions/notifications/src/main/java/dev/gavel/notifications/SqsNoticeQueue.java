package dev.gavel.notifications;

import dev.gavel.events.Fact;
import dev.gavel.events.NoticeEvent.NoticeQueued;
import dev.gavel.kernel.Unavailable;
import dev.gavel.sqs.SqsQueues;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequestEntry;

/// The queue `notifications` of SQS: the body of a message is one CloudEvent in structured mode. What was
/// received 12 times in vain is in `notifications-failed`, and so is what was refused, which the relay marks with
/// the attribute `gavel-status`.
final class SqsNoticeQueue implements NoticeQueue {

    private static final String QUEUE = "notifications";
    private static final String FAILED = "notifications-failed";
    private static final String REFUSED = "gavel-status";
    /// How often a message was taken back.
    private static final String REDRIVEN = "redriven";

    private static final int MOST_REDRIVEN = 5;
    /// What one call of SQS takes.
    private static final int TOGETHER = 10;
    /// Longer than a tick takes, shorter than it is to the next: each message is looked at once a tick.
    private static final int LOOKED_AT_SECONDS = 300;

    private final SqsClient client;
    private final SqsQueues queues;
    private final Map<String, String> urls = new ConcurrentHashMap<>();

    SqsNoticeQueue(SqsClient client, SqsQueues queues) {
        this.client = client;
        this.queues = queues;
    }

    @Override
    public void put(List<Fact<NoticeQueued>> messages) {
        for (int i = 0; i < messages.size(); i += TOGETHER) {
            List<Fact<NoticeQueued>> some = messages.subList(i, Math.min(messages.size(), i + TOGETHER));
            List<SendMessageBatchRequestEntry> entries = IntStream.range(0, some.size())
                    .mapToObj(n -> SendMessageBatchRequestEntry.builder()
                            .id(Integer.toString(n))
                            .messageBody(some.get(n).structured())
                            .build())
                    .toList();
            var answer = call(() ->
                    client.sendMessageBatch(send -> send.queueUrl(url(QUEUE)).entries(entries)));
            if (!answer.failed().isEmpty()) {
                throw new Unavailable("SQS did not take " + answer.failed().size() + " of " + some.size()
                        + " messages: " + answer.failed().getFirst().code());
            }
        }
    }

    @Override
    public int redrive(int limit) {
        int back = 0;
        for (int seen = 0; seen < limit; ) {
            List<Message> some = call(() -> client.receiveMessage(receive -> receive.queueUrl(url(FAILED))
                            .maxNumberOfMessages(TOGETHER)
                            .messageAttributeNames("All")
                            .visibilityTimeout(LOOKED_AT_SECONDS)))
                    .messages();
            if (some.isEmpty()) {
                break;
            }
            seen += some.size();
            back += (int) some.stream().filter(this::redriven).count();
        }
        return back;
    }

    /// It may be in both queues when a crash comes in between; it is delivered once all the same.
    private boolean redriven(Message message) {
        MessageAttributeValue before = message.messageAttributes().get(REDRIVEN);
        int times = before == null ? 0 : Integer.parseInt(before.stringValue());
        if (message.messageAttributes().containsKey(REFUSED) || times >= MOST_REDRIVEN) {
            return false;
        }
        MessageAttributeValue count = MessageAttributeValue.builder()
                .dataType("Number")
                .stringValue(Integer.toString(times + 1))
                .build();
        call(() -> client.sendMessage(send ->
                send.queueUrl(url(QUEUE)).messageBody(message.body()).messageAttributes(Map.of(REDRIVEN, count))));
        call(() -> client.deleteMessage(delete -> delete.queueUrl(url(FAILED)).receiptHandle(message.receiptHandle())));
        return true;
    }

    private String url(String queue) {
        return urls.computeIfAbsent(queue, name -> queues.url(client, name));
    }

    private static <T> T call(Supplier<T> call) {
        try {
            return call.get();
        } catch (SdkException trouble) {
            throw new Unavailable("SQS did not answer", trouble);
        }
    }
}
