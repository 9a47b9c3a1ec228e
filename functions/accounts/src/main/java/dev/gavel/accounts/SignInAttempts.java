package dev.gavel.accounts;

import java.time.Duration;
import java.time.Instant;

/// How often somebody tried to sign in lately. A bucket is what the tries are counted by.
interface SignInAttempts {

    /// Counts a try before it is made; false when the bucket is full, and then nothing is counted. The
    /// window begins with the first try in it and is never prolonged. Of tries at once no more than `limit`
    /// get true.
    ///
    /// @param attempt the id of this try, so that none is counted twice when an answer of the store is lost
    boolean take(String bucket, String attempt, Instant now, int limit, Duration window);

    /// Takes a try back that could not be made for a reason on our side.
    void giveBack(String bucket, String attempt);

    /// Forgets the tries, after one that succeeded.
    void clear(String bucket);
}
