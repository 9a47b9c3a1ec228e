package dev.gavel.shipping;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/// Carriers who say what the test has written.
final class InMemoryCarriers implements Carriers {

    final AtomicInteger asked = new AtomicInteger();
    private final Map<Waybill, Tracking> known = new ConcurrentHashMap<>();

    void say(Waybill waybill, Tracking tracking) {
        known.put(waybill, tracking);
    }

    @Override
    public Tracking find(Waybill waybill) {
        asked.incrementAndGet();
        return known.getOrDefault(waybill, new NotFound());
    }
}
