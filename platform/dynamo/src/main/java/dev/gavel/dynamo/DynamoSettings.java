package dev.gavel.dynamo;

import dev.gavel.runtime.Settings;

/// What the settings say about the tables and whose rows they hold.
final class DynamoSettings {

    private DynamoSettings() {}

    /// What is put before the name of every table.
    static String tablePrefix(Settings settings) {
        return settings.text("GAVEL_TABLE_PREFIX", "gavel-");
    }

    /// The context this process belongs to, for example `auctions`. A process publishes to the Broker of
    /// its own context, so the address of that Broker tells the context too.
    static String context(Settings settings) {
        return settings.find("GAVEL_CONTEXT")
                .or(() -> settings.find("K_SINK")
                        .map(sink -> sink.substring(sink.lastIndexOf('/') + 1))
                        .filter(last -> last.matches("[a-z][a-z-]*")))
                .orElseGet(() -> settings.text("GAVEL_CONTEXT"));
    }
}
