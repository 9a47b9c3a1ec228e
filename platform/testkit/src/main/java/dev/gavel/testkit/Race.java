package dev.gavel.testkit;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.IntFunction;

/// Many threads that do something at the same moment.
public final class Race {

    private static final int PATIENCE_SECONDS = 30;

    private Race() {}

    /// What each of the threads got, in the order of their numbers from 0.
    ///
    /// @throws AssertionError when one of them fails or has no result after 30 seconds
    public static <T> List<T> of(int threads, IntFunction<T> racer) {
        CyclicBarrier start = new CyclicBarrier(threads);
        List<Callable<T>> racers = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            int number = i;
            racers.add(() -> {
                start.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
                return racer.apply(number);
            });
        }
        List<T> results = new ArrayList<>();
        try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<T> result : racers.stream().map(executor::submit).toList()) {
                results.add(result.get(PATIENCE_SECONDS, TimeUnit.SECONDS));
            }
        } catch (ExecutionException | TimeoutException failed) {
            throw new AssertionError("a racer did not finish: " + failed, failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new AssertionError("the race was interrupted", interrupted);
        }
        return results;
    }
}
