package dev.gavel.notifications;

import dev.gavel.dynamo.DynamoOutbox;
import dev.gavel.dynamo.DynamoPlatform;
import dev.gavel.dynamo.DynamoTables;
import dev.gavel.dynamo.RelayFacts;
import dev.gavel.events.AuctionEvent.AuctionClosed;
import dev.gavel.events.AuctionEvent.AuctionOpened;
import dev.gavel.events.AuctionEvent.AuctionScheduled;
import dev.gavel.events.AuctionEvent.BidsAccepted;
import dev.gavel.events.NoticeEvent.NoticeQueued;
import dev.gavel.events.OfferEvent.OfferMade;
import dev.gavel.events.OrderEvent.OrderCancelled;
import dev.gavel.events.OrderEvent.OrderCompleted;
import dev.gavel.events.OrderEvent.OrderDelivered;
import dev.gavel.events.OrderEvent.OrderDisputed;
import dev.gavel.events.OrderEvent.OrderPaid;
import dev.gavel.events.OrderEvent.OrderPlaced;
import dev.gavel.events.OrderEvent.OrderShipped;
import dev.gavel.events.PaymentEvent.PaidOut;
import dev.gavel.events.PaymentEvent.PaymentDeclined;
import dev.gavel.events.UserEvent.UserContactChanged;
import dev.gavel.runtime.CannotStart;
import dev.gavel.runtime.HttpRoute;
import dev.gavel.runtime.HttpRoute.Access;
import dev.gavel.runtime.Measures;
import dev.gavel.runtime.OnEvent;
import dev.gavel.runtime.OnTick;
import dev.gavel.runtime.Settings;
import dev.gavel.sqs.SqsPlatform;
import dev.gavel.sqs.SqsQueues;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.function.Supplier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Lazy;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.sqs.SqsClient;

/// The functions of this context, each with its route, event or schedule.
@Lazy
@Import({DynamoPlatform.class, SqsPlatform.class})
@Configuration(proxyBeanMethods = false)
public class NotificationFunctions {

    /// All providers are asked within one request.
    private static final Duration TIMEOUT = Duration.ofSeconds(6);

    @Bean
    @OnEvent({
        AuctionScheduled.class,
        AuctionOpened.class,
        BidsAccepted.class,
        AuctionClosed.class,
        OfferMade.class,
        OrderPlaced.class,
        OrderPaid.class,
        OrderShipped.class,
        OrderDelivered.class,
        OrderDisputed.class,
        OrderCancelled.class,
        OrderCompleted.class,
        PaymentDeclined.class,
        PaidOut.class
    })
    public SendNotification sendNotification(
            Notices notices, Deliveries deliveries, Readers readers, Titles titles, Dispatch dispatch) {
        return new SendNotification(notices, deliveries, readers, titles, dispatch);
    }

    @Bean
    @OnEvent(NoticeQueued.class)
    public DeliverNotification deliverNotification(
            Notices notices, Deliveries deliveries, Readers readers, Carriers carriers) {
        return new DeliverNotification(notices, deliveries, readers, carriers);
    }

    @Bean
    @OnTick
    public QueueNotices queueNotices(Deliveries deliveries, Dispatch dispatch) {
        return new QueueNotices(deliveries, dispatch);
    }

    @Bean
    @OnTick
    public RedriveNotices redriveNotices(NoticeQueue queue) {
        return new RedriveNotices(queue);
    }

    @Bean
    @OnEvent(UserContactChanged.class)
    public TrackContact trackContact(Readers readers) {
        return new TrackContact(readers);
    }

    @Bean
    @HttpRoute("GET /v1/users/me/notices")
    public ListNotices listNotices(Notices notices, Readers readers) {
        return new ListNotices(notices, readers);
    }

    @Bean
    @HttpRoute("POST /v1/users/me/notices/read")
    public ReadNotices readNotices(Notices notices) {
        return new ReadNotices(notices);
    }

    @Bean
    @HttpRoute("GET /v1/users/me/notification-preferences")
    public GetPreferences getPreferences(Readers readers) {
        return new GetPreferences(readers);
    }

    @Bean
    @HttpRoute("PUT /v1/users/me/notification-preferences")
    public UpdatePreferences updatePreferences(Readers readers) {
        return new UpdatePreferences(readers);
    }

    @Bean
    @HttpRoute("POST /v1/users/me/phone")
    public RegisterPhone registerPhone(Readers readers, TextMessages textMessages) {
        return new RegisterPhone(readers, textMessages, new SecureRandom());
    }

    @Bean
    @HttpRoute("POST /v1/users/me/phone/confirm")
    public ConfirmPhone confirmPhone(Readers readers) {
        return new ConfirmPhone(readers);
    }

    @Bean
    @HttpRoute("PUT /v1/users/me/push-subscriptions")
    public SubscribePush subscribePush(Readers readers, PushHosts pushHosts) {
        return new SubscribePush(readers, pushHosts);
    }

    @Bean
    @HttpRoute("DELETE /v1/users/me/push-subscriptions")
    public UnsubscribePush unsubscribePush(Readers readers) {
        return new UnsubscribePush(readers);
    }

    @Bean
    @HttpRoute(value = "GET /v1/push-key", access = Access.ANYONE, cacheSeconds = 3600)
    public GetPushKey getPushKey(PushKey pushKey) {
        return new GetPushKey(pushKey);
    }

    @Bean
    @OnTick
    public RelayFacts relayNotificationFacts(DynamoOutbox outbox, Measures measures) {
        return new RelayFacts(outbox, measures);
    }

    @Bean
    Notices notices(DynamoDbClient client, DynamoTables tables, DynamoOutbox outbox) {
        return new DynamoNotices(client, tables, outbox, new DynamoDeliveries(client, tables));
    }

    @Bean
    Deliveries deliveries(DynamoDbClient client, DynamoTables tables) {
        return new DynamoDeliveries(client, tables);
    }

    @Bean
    Readers readers(DynamoDbClient client, DynamoTables tables) {
        return new DynamoReaders(client, tables);
    }

    @Bean
    Titles titles(DynamoDbClient client, DynamoTables tables) {
        return new DynamoTitles(client, tables);
    }

    @Bean
    NoticeQueue noticeQueue(SqsClient client, SqsQueues queues) {
        return new SqsNoticeQueue(client, queues);
    }

    @Bean
    Dispatch dispatch(Deliveries deliveries, NoticeQueue queue) {
        return new Dispatch(deliveries, queue);
    }

    @Bean
    Carriers carriers(Mail mail, TextMessages textMessages, WebPush webPush, Readers readers, Settings settings) {
        return new Carriers(mail, textMessages, webPush, readers, settings.address("GAVEL_WEB_URL"));
    }

    @Bean
    Mail mail(Settings settings, Clock clock) {
        return wanted(() -> new SmtpMail(
                URI.create(settings.text("GAVEL_SMTP_URL")),
                settings.find("GAVEL_SMTP_USERNAME").orElse(null),
                settings.find("GAVEL_SMTP_PASSWORD").orElse(null),
                settings.text("GAVEL_MAIL_FROM"),
                settings.duration("GAVEL_SMTP_TIMEOUT", TIMEOUT),
                clock));
    }

    @Bean(destroyMethod = "close")
    TextMessages textMessages(Settings settings) {
        return new HttpTextMessages(
                settings.address("GAVEL_SMS_URL"),
                settings.text("GAVEL_SMS_TOKEN"),
                settings.text("GAVEL_SMS_SENDER"),
                settings.duration("GAVEL_SMS_TIMEOUT", TIMEOUT));
    }

    @Bean(destroyMethod = "close")
    WebPush webPush(PushKey pushKey, PushHosts pushHosts, Settings settings, Clock clock) {
        return new HttpWebPush(
                pushKey,
                settings.text("GAVEL_VAPID_SUBJECT"),
                pushHosts,
                settings.duration("GAVEL_PUSH_TIMEOUT", TIMEOUT),
                clock);
    }

    @Bean
    PushKey pushKey(Settings settings) {
        return wanted(() -> PushKey.of(settings.text("GAVEL_VAPID_PRIVATE_KEY")));
    }

    @Bean
    PushHosts pushHosts(Settings settings) {
        return new PushHosts(settings.text("GAVEL_PUSH_HOSTS", ""));
    }

    /// A setting that makes no sense is told at the start.
    private static <T> T wanted(Supplier<T> made) {
        try {
            return made.get();
        } catch (IllegalArgumentException wrong) {
            throw new CannotStart(String.valueOf(wrong.getMessage()), wrong);
        }
    }
}
