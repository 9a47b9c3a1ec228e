package dev.gavel.localstack;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What went wrong in the demo market: each kind is logged once, however often it happens, and at most 50 kinds.
final class DemoTroubles {

    private static final Logger LOG = LoggerFactory.getLogger(DemoTroubles.class);
    private static final int MOST = 50;

    private final Set<String> told = ConcurrentHashMap.newKeySet();

    /// @param what a short sentence without ids, so that the same trouble has the same words
    void tell(String what, DemoApi.Answer answer) {
        if (told.size() < MOST && told.add(what + answer.status() + answer.text("/type"))) {
            LOG.warn("Demo market: {}: {} (it goes on; not said again)", what, answer.sentence());
        }
    }

    void tell(String what, RuntimeException trouble) {
        if (told.size() < MOST && told.add(what + trouble.getClass().getName())) {
            LOG.warn("Demo market: {} (it goes on; not said again)", what, trouble);
        }
    }

    int kinds() {
        return told.size();
    }
}
