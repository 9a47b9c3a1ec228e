package dev.gavel.payments;

import static dev.gavel.payments.Till.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gavel.dynamo.DynamoClients;
import dev.gavel.dynamo.DynamoOutbox;
import dev.gavel.dynamo.DynamoTables;
import dev.gavel.events.Fact;
import dev.gavel.events.PaymentEvent.PaymentDeclined;
import dev.gavel.kernel.StaleWrite;
import dev.gavel.payments.Reconciliation.Report;
import dev.gavel.runtime.Settings;
import dev.gavel.testkit.DynamoForTests;
import dev.gavel.testkit.RecordingFactPublisher;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

class DynamoPaymentsTest implements PaymentsContract {

    @RegisterExtension
    static final DynamoForTests DYNAMO = new DynamoForTests();

    private static final DynamoDbClient CLIENT = DynamoClients.of(Settings.of(DYNAMO.settings()));

    private final RecordingFactPublisher broker = new RecordingFactPublisher();
    private final DynamoTables tables = DynamoTables.of(DYNAMO.tablePrefix() + UUID.randomUUID() + "-");
    private final DynamoOutbox outbox = new DynamoOutbox(CLIENT, tables, broker, "payments");

    @AfterAll
    static void disconnect() {
        CLIENT.close();
    }

    @Override
    public Payments payments() {
        tables.create(CLIENT, "payments", "ledger", "outbox");
        return new DynamoPayments(CLIENT, tables, outbox);
    }

    @Test
    void whatACrashLeftUnannouncedIsSweptLater() {
        Payments payments = payments();
        Payment due = PaymentsContract.due();
        Payment told = due.change().told();
        payments.save(due, null, List.of());
        payments.save(
                told,
                null,
                List.of(Fact.of(
                        ConfirmPayment.class,
                        told.facts(),
                        NOON,
                        new PaymentDeclined(due.paymentId(), due.orderId(), Till.BUYER, "X", NOON))));
        assertThat(broker.facts()).isEmpty();

        outbox.sweep(NOON.plusSeconds(86_400), 100);

        assertThat(broker.ids()).containsExactly(due.paymentId() + "-1");
    }

    @Test
    void theReconciliationIsKeptAndNotOverwritten() {
        payments();
        DynamoReconciliations reconciliations = new DynamoReconciliations(CLIENT, tables);
        assertThat(reconciliations.current()).isEqualTo(Reconciliation.NEVER);
        Reconciliation first = Reconciliation.NEVER.after(Report.started(NOON).plus(3, 1, List.of()), "pay_x", NOON);
        reconciliations.save(first);
        assertThat(reconciliations.current()).isEqualTo(first);
        assertThatThrownBy(() -> reconciliations.save(first)).isInstanceOf(StaleWrite.class);
        Reconciliation second = first.after(Report.started(NOON), null, NOON);
        reconciliations.save(second);
        assertThat(reconciliations.current()).isEqualTo(second);
    }
}
