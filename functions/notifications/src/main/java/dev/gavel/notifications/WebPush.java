package dev.gavel.notifications;

import java.time.Duration;

/// Sends pushes to browsers.
interface WebPush {

    Sending send(PushSubscription to, Push push);

    /// @param topic up to 32 letters and digits: a push that waits for a browser gives way to one of the same
    /// topic
    /// @param lifetime how long it may wait for the browser
    record Push(String topic, Duration lifetime, String json) {}
}
