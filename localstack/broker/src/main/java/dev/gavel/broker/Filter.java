package dev.gavel.broker;

import io.cloudevents.CloudEvent;
import io.cloudevents.sql.EvaluationException;
import io.cloudevents.sql.Expression;
import io.cloudevents.types.Time;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/// Which events of a Broker a Trigger wants. Looks at attributes only, never at data.
public sealed interface Filter {
    /// Whether the event is wanted.
    boolean matches(CloudEvent event);

    /// Every attribute has exactly this text.
    record Exact(Map<String, String> attributes) implements Filter {
        @Override
        public boolean matches(CloudEvent event) {
            return Filter.everyAttribute(event, attributes, String::equals);
        }
    }

    /// Every attribute begins with this text.
    record Prefix(Map<String, String> attributes) implements Filter {
        @Override
        public boolean matches(CloudEvent event) {
            return Filter.everyAttribute(event, attributes, String::startsWith);
        }
    }

    /// Every attribute ends with this text.
    record Suffix(Map<String, String> attributes) implements Filter {
        @Override
        public boolean matches(CloudEvent event) {
            return Filter.everyAttribute(event, attributes, String::endsWith);
        }
    }

    /// The older form, `filter.attributes`: exact, where an empty text asks only that the attribute is there.
    record Attributes(Map<String, String> attributes) implements Filter {
        @Override
        public boolean matches(CloudEvent event) {
            return Filter.everyAttribute(
                    event, attributes, (value, wanted) -> wanted.isEmpty() || value.equals(wanted));
        }
    }

    /// All of them; an empty list wants everything.
    record All(List<Filter> filters) implements Filter {
        @Override
        public boolean matches(CloudEvent event) {
            return filters.stream().allMatch(filter -> filter.matches(event));
        }
    }

    /// At least one of them.
    record Any(List<Filter> filters) implements Filter {
        @Override
        public boolean matches(CloudEvent event) {
            return filters.stream().anyMatch(filter -> filter.matches(event));
        }
    }

    /// Not that one.
    record Not(Filter filter) implements Filter {
        @Override
        public boolean matches(CloudEvent event) {
            return !filter.matches(event);
        }
    }

    /// A CloudEvents SQL expression; one that fails on an event, or is not true or false, does not want it.
    record Cesql(String text, Expression expression) implements Filter {
        @Override
        public boolean matches(CloudEvent event) {
            try {
                return Boolean.parseBoolean(Objects.toString(expression.tryEvaluate(event)));
            } catch (EvaluationException e) {
                LoggerFactory.getLogger(Filter.class)
                        .warn("The filter \"{}\" fails on event {}: {}", text, event.getId(), e.getMessage());
                return false;
            }
        }
    }

    private static boolean everyAttribute(
            CloudEvent event, Map<String, String> attributes, BiPredicate<String, String> test) {
        return attributes.entrySet().stream().allMatch(attribute -> {
            var value = Filter.value(event, attribute.getKey());
            return value != null && test.test(value, attribute.getValue());
        });
    }

    private static @Nullable String value(CloudEvent event, String attribute) {
        var value = event.getAttributeNames().contains(attribute)
                ? event.getAttribute(attribute)
                : event.getExtension(attribute);
        return switch (value) {
            case null -> null;
            case OffsetDateTime time -> Time.writeTime(time);
            default -> value.toString();
        };
    }
}
