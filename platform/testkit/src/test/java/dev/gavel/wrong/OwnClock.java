package dev.gavel.wrong;

import java.time.Clock;

final class OwnClock {

    Clock clock() {
        return Clock.systemUTC();
    }
}
