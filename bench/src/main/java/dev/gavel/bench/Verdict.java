package dev.gavel.bench;

/// How an auction ended: sold to a person at a price, or to nobody, or not at all.
sealed interface Verdict {

    record Sold(long winner, long price) implements Verdict {
        @Override
        public String toString() {
            return "sold to " + winner + " for " + price;
        }
    }

    record NotSold() implements Verdict {
        @Override
        public String toString() {
            return "not sold";
        }
    }

    /// What the system says is none of the above.
    record Unclear(String found) implements Verdict {
        @Override
        public String toString() {
            return found;
        }
    }

    Verdict NOT_SOLD = new NotSold();
}
