package dev.gavel.runtime;

import dev.gavel.events.Json;
import dev.gavel.events.JsonStreams;
import dev.gavel.kernel.Rejection;
import java.io.ByteArrayOutputStream;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.core.JsonGenerator;

/// The problems the edge answers with (RFC 9457), small enough that the broker keeps them whole with a dead
/// letter.
final class Problem {

    static final String CONTENT_TYPE = "application/problem+json";
    private static final String TYPES = "https://gavel.dev/problems/";
    private static final Set<String> TAKEN = Set.of("type", "title", "status", "detail", "instance", "kind");
    private static final int MOST_MEMBERS = 8;
    private static final int LONGEST_TEXT = 400;

    /// One wrong member of a request: its path, such as `maximum.amount`, and what to send there.
    record Member(String member, String problem) {}

    private Problem() {}

    static Answer of(int status, String type, String detail, Meters.Result result) {
        return of(status, type, detail, List.of(), result);
    }

    /// A request that cannot be understood as the use case's command.
    static Answer ofMembers(List<Member> members) {
        String detail = "The request does not fit: " + members.size()
                + (members.size() == 1 ? " value is wrong." : " values are wrong.")
                + " Correct what is listed in `problems` and send it again.";
        return of(422, "invalid-request", detail, members, Meters.Result.INVALID);
    }

    private static Answer of(int status, String type, String detail, List<Member> members, Meters.Result result) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(256);
        try (JsonGenerator json = JsonStreams.generator(out)) {
            start(json, status, type, detail);
            if (!members.isEmpty()) {
                json.writeName("problems");
                json.writeStartArray();
                for (Member member : members.subList(0, Math.min(members.size(), MOST_MEMBERS))) {
                    json.writeStartObject();
                    json.writeStringProperty("member", cut(member.member(), 80));
                    json.writeStringProperty("problem", cut(member.problem(), 160));
                    json.writeEndObject();
                }
                json.writeEndArray();
            }
            json.writeEndObject();
        }
        return new Answer(status, CONTENT_TYPE, out.toByteArray(), Answer.NO_STORE, Map.of(), result);
    }

    /// A business "no": typed by its record, whose components become members of the problem.
    static Answer of(Rejection rejection) {
        int status = switch (rejection.kind()) {
            case INVALID -> 422;
            case UNAUTHENTICATED -> 401;
            case FORBIDDEN -> 403;
            case MISSING -> 404;
            case CONFLICT -> 409;
        };
        Shape shape = SHAPES.get(rejection.getClass());
        ByteArrayOutputStream out = new ByteArrayOutputStream(256);
        try (JsonGenerator json = Json.MAPPER.createGenerator(out)) {
            start(json, status, shape.type(), rejection.detail());
            for (Method accessor : shape.accessors()) {
                json.writeName(accessor.getName());
                json.writePOJO(accessor.invoke(rejection));
            }
            json.writeEndObject();
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(rejection.getClass().getName() + " cannot be written", e);
        }
        Answer answer =
                new Answer(status, CONTENT_TYPE, out.toByteArray(), Answer.NO_STORE, Map.of(), Meters.Result.REJECTED);
        return status == 401 ? answer.with("www-authenticate", "Bearer") : answer;
    }

    private static void start(JsonGenerator json, int status, String type, String detail) {
        json.writeStartObject();
        json.writeStringProperty("type", TYPES + type);
        json.writeStringProperty("title", Names.sentence(type));
        json.writeNumberProperty("status", status);
        json.writeStringProperty("detail", cut(detail, LONGEST_TEXT));
    }

    private static String cut(String text, int length) {
        return text.length() <= length ? text : text.substring(0, length - 1) + "…";
    }

    /// The kebab name of a rejection: `BidRejected.TooLow` is `bid-too-low`.
    static String type(Class<?> rejection) {
        return SHAPES.get(rejection).type();
    }

    private record Shape(String type, List<Method> accessors) {}

    private static final ClassValue<Shape> SHAPES = new ClassValue<>() {
        @Override
        protected Shape computeValue(Class<?> type) {
            Class<?> subject = type.getEnclosingClass();
            String prefix = subject == null ? "" : subject.getSimpleName().replaceFirst("Rejected$", "");
            List<Method> accessors = new ArrayList<>();
            if (type.isRecord()) {
                for (RecordComponent component : type.getRecordComponents()) {
                    if (!TAKEN.contains(component.getName())) {
                        Method accessor = component.getAccessor();
                        // The record may be package-private in its context.
                        accessor.setAccessible(true);
                        accessors.add(accessor);
                    }
                }
            }
            return new Shape(Names.kebab(prefix + type.getSimpleName()), List.copyOf(accessors));
        }
    };
}
