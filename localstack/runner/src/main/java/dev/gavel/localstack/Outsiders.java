package dev.gavel.localstack;

import dev.gavel.simulators.CarrierSimulator;
import dev.gavel.simulators.MailSimulator;
import dev.gavel.simulators.PushSimulator;
import dev.gavel.simulators.SmsSimulator;
import dev.gavel.simulators.TossSimulator;
import java.net.URI;
import java.util.Map;

/// What stands for those outside: the payment gateway, the carriers, everybody's mailbox, the provider
/// of text messages and the push service. Where each is, is written to the run folder.
final class Outsiders implements AutoCloseable {

    static final String MAILBOX = "mailbox";

    private final TossSimulator bank = new TossSimulator();
    private final CarrierSimulator carriers = new CarrierSimulator();
    private final MailSimulator mailbox = new MailSimulator();
    private final SmsSimulator texts = new SmsSimulator();
    private final PushSimulator pushes = new PushSimulator();

    /// @param url where the platform is, so that it can be told of news
    Outsiders(RunFolder folder, URI url) {
        carriers.webhooks(url.resolve("/v1/webhooks/carrier"));
        folder.write("payment-gateway", bank.uri() + "\n");
        folder.write("carriers", carriers.uri() + "\n");
        folder.write(MAILBOX, mailbox.uri() + "\n");
        folder.write("text-messages", texts.uri() + "\n");
        folder.write("push-service", pushes.uri() + "\n");
    }

    /// The settings that lead functions to them.
    Map<String, String> settings() {
        return Map.of(
                FunctionPlan.GATEWAY,
                bank.uri().toString(),
                FunctionPlan.GATEWAY_KEY,
                TossSimulator.SECRET_KEY,
                FunctionPlan.PAYOUTS,
                bank.uri().toString(),
                FunctionPlan.CARRIERS,
                carriers.uri().toString(),
                FunctionPlan.CARRIERS_TOKEN,
                CarrierSimulator.TOKEN,
                FunctionPlan.MAIL,
                mailbox.smtp().toString(),
                FunctionPlan.MAIL_FROM,
                "gavel@localhost",
                FunctionPlan.TEXTS,
                texts.uri().toString(),
                FunctionPlan.TEXTS_TOKEN,
                SmsSimulator.TOKEN,
                FunctionPlan.TEXTS_SENDER,
                "15880000");
    }

    @Override
    public void close() {
        bank.close();
        carriers.close();
        mailbox.close();
        texts.close();
        pushes.close();
    }
}
