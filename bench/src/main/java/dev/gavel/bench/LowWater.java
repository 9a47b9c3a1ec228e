package dev.gavel.bench;

import java.util.BitSet;

/// How far a list of steps that finish in any order is finished without a gap. It bounds how far ahead
/// others run.
final class LowWater {

    private final BitSet finished;
    private final int lead;
    private int low;
    private boolean stopped;

    LowWater(int steps, int lead) {
        this.finished = new BitSet(steps);
        this.lead = lead;
    }

    /// Waits until this step is less than the lead ahead of the oldest unfinished one.
    ///
    /// @return false when the work has been stopped
    synchronized boolean admit(int step) throws InterruptedException {
        while (step >= low + lead && !stopped) {
            wait();
        }
        return !stopped;
    }

    synchronized void finish(int step) {
        finished.set(step);
        int before = low;
        low = finished.nextClearBit(low);
        if (low != before) {
            notifyAll();
        }
    }

    synchronized void stop() {
        stopped = true;
        notifyAll();
    }

    /// The oldest unfinished step; every step before it is finished.
    synchronized int low() {
        return low;
    }
}
