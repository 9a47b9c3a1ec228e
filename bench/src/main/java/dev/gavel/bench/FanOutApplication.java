package dev.gavel.bench;

import dev.gavel.live.LiveApplication;
import dev.gavel.runtime.Settings;
import java.util.Map;

/// The live service in a JVM of its own, set up by the environment as everywhere, until its parent is gone.
public final class FanOutApplication {

    private FanOutApplication() {}

    /// @param arguments the pid of the parent
    public static void main(String[] arguments) throws InterruptedException {
        ProcessHandle parent = ProcessHandle.of(Long.parseLong(arguments[0])).orElseThrow();
        try (LiveApplication _ = LiveApplication.start(Settings.of(Map.of()))) {
            System.out.println(BenchApplication.READY);
            while (parent.isAlive()) {
                Thread.sleep(1_000);
            }
        }
        System.exit(0);
    }
}
