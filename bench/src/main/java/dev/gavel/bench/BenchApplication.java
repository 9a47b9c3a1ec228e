package dev.gavel.bench;

import dev.gavel.auctions.AuctionFunctions;
import dev.gavel.runtime.FunctionHost;
import dev.gavel.runtime.HostOptions;
import java.util.Map;

/// One function in a JVM of its own, on the loopback interface, until its parent is gone.
public final class BenchApplication {

    static final String READY = "ready";

    private BenchApplication() {}

    /// @param arguments the bean name of the function, the port, and the pid of the parent
    public static void main(String[] arguments) throws InterruptedException {
        HostOptions options = new HostOptions(arguments[0], Integer.parseInt(arguments[1]), Map.of());
        ProcessHandle parent = ProcessHandle.of(Long.parseLong(arguments[2])).orElseThrow();
        try (FunctionHost _ = FunctionHost.start(options, AuctionFunctions.class, NaiveFunctions.class)) {
            System.out.println(READY);
            while (parent.isAlive()) {
                Thread.sleep(1_000);
            }
        }
        System.exit(0);
    }
}
