package dev.gavel.broker;

import java.util.List;
import java.util.Map;

/// What came back from one POST.
sealed interface Answer {
    /// Whether the same POST may be sent again.
    boolean retryable();

    /// One clause for a log line.
    String summary();

    /// An HTTP response with any status.
    record Response(int status, Map<String, List<String>> headers, byte[] body) implements Answer {
        private static final List<Integer> RETRYABLE = List.of(404, 408, 409, 429);
        private static final int SERVER_ERROR = 500;

        boolean successful() {
            return status >= 200 && status < 300;
        }

        @Override
        public boolean retryable() {
            return status >= SERVER_ERROR || RETRYABLE.contains(status);
        }

        @Override
        public String summary() {
            return "answered " + status;
        }
    }

    /// No response: nobody listens, the connection broke, or the time ran out.
    record Silence(String summary) implements Answer {
        @Override
        public boolean retryable() {
            return true;
        }
    }

    /// A response that was cut off because its body is over the limit.
    record Oversized(String summary) implements Answer {
        @Override
        public boolean retryable() {
            return false;
        }
    }
}
