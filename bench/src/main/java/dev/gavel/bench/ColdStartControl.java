package dev.gavel.bench;

import dev.gavel.auctions.AuctionFunctions;
import dev.gavel.dynamo.DynamoClients;
import dev.gavel.runtime.FunctionHost;
import dev.gavel.runtime.HostOptions;
import dev.gavel.runtime.Settings;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsResponse;

/// `place-bid` that saves itself the write: the benchmark must find it out.
public final class ColdStartControl {

    private ColdStartControl() {}

    /// Runs until it is killed.
    public static void main(String[] arguments) throws InterruptedException {
        Settings settings = Settings.of(Map.of());
        try (FunctionHost host = FunctionHost.start(
                new HostOptions("placeBid", settings.number("PORT", 0), Map.of()),
                Map.of("dynamoDbClient", forgetful(DynamoClients.of(settings))),
                AuctionFunctions.class)) {
            System.out.println(host.uri());
            Thread.currentThread().join();
        }
    }

    /// A client whose transactions are never sent.
    static DynamoDbClient forgetful(DynamoDbClient real) {
        return (DynamoDbClient) Proxy.newProxyInstance(
                ColdStartControl.class.getClassLoader(), new Class<?>[] {DynamoDbClient.class}, (_, method, given) -> {
                    if (method.getName().equals("transactWriteItems")) {
                        return TransactWriteItemsResponse.builder().build();
                    }
                    try {
                        return method.invoke(real, given);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }
}
