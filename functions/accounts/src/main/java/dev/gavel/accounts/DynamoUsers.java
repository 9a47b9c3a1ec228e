package dev.gavel.accounts;

import static dev.gavel.dynamo.DynamoItems.n;
import static dev.gavel.dynamo.DynamoItems.number;
import static dev.gavel.dynamo.DynamoItems.s;
import static dev.gavel.dynamo.DynamoItems.text;
import static dev.gavel.dynamo.DynamoItems.textIfAny;
import static dev.gavel.dynamo.DynamoItems.time;
import static dev.gavel.dynamo.DynamoWrites.putNew;

import dev.gavel.dynamo.DynamoOutbox;
import dev.gavel.dynamo.DynamoReads;
import dev.gavel.dynamo.DynamoTables;
import dev.gavel.dynamo.DynamoWrites;
import dev.gavel.events.Fact;
import dev.gavel.events.UserEvent;
import dev.gavel.events.UserEvent.UserProfileUpdated;
import dev.gavel.kernel.UserId;
import dev.gavel.runtime.Trace;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;

/// Users in the table `users`: an item of the user by id, and one that holds the place of the e-mail
/// address, written in one transaction.
final class DynamoUsers implements Users {

    private static final String PK = "pk"; // S, the user's id or email#<address>
    private static final String USER_ID = "userId"; // S, in the item of an address
    private static final String EMAIL = "email"; // S
    private static final String DISPLAY_NAME = "displayName"; // S
    private static final String PASSWORD_HASH = "passwordHash"; // S
    private static final String ROLES = "roles"; // SS, absent when there are none
    private static final String REGISTERED_AT = "registeredAt"; // S
    private static final String FACTS = "facts"; // N

    // Publishing is bounded in time; this bounds how many wait for it while the Broker is slow.
    private static final int PUBLISHING_AT_ONCE = 64;

    private final DynamoDbClient client;
    private final String table;
    private final DynamoOutbox outbox;
    private final Semaphore publishing = new Semaphore(PUBLISHING_AT_ONCE);

    DynamoUsers(DynamoDbClient client, DynamoTables tables, DynamoOutbox outbox) {
        this.client = client;
        this.table = tables.name("users");
        this.outbox = outbox;
    }

    @Override
    public boolean register(User user, List<Fact<? extends UserEvent>> facts) {
        Map<String, AttributeValue> address =
                Map.of(PK, key(user.email()), USER_ID, s(user.id().value()));
        List<TransactWriteItem> items =
                new ArrayList<>(List.of(putNew(table, address, PK), putNew(table, item(user), PK)));
        facts.forEach(fact -> items.add(outbox.put(fact)));
        boolean free = DynamoWrites.attempt(client, items, "registration").isEmpty();
        if (free && publishing.tryAcquire()) {
            Trace trace = Trace.current();
            Thread.ofVirtual()
                    .name("publish-" + user.id())
                    .start(() -> trace.run(() -> {
                        try {
                            outbox.published(facts);
                        } finally {
                            publishing.release();
                        }
                    }));
        }
        return free;
    }

    @Override
    public Optional<User> byEmail(Email email) {
        Optional<String> id = get(key(email)).flatMap(address -> textIfAny(address, USER_ID));
        // Reads a second item in either case: the time this takes tells nothing.
        return get(s(id.orElse("nobody"))).map(DynamoUsers::user);
    }

    @Override
    public Optional<User> byId(UserId id) {
        return get(s(id.value())).map(DynamoUsers::user);
    }

    @Override
    public void save(User changed, Fact<UserProfileUpdated> fact) {
        // Names what may change, so that roles given in the meantime stay.
        TransactWriteItem update = TransactWriteItem.builder()
                .update(change -> change.tableName(table)
                        .key(Map.of(PK, s(changed.id().value())))
                        .updateExpression("SET displayName = :name, facts = :facts")
                        .conditionExpression("facts = :before")
                        .expressionAttributeValues(Map.of(
                                ":name", s(changed.displayName().value()),
                                ":facts", n(changed.facts()),
                                ":before", n(changed.facts() - 1))))
                .build();
        outbox.commit(List.of(update), List.of(fact), "user " + changed.id());
        outbox.published(List.of(fact));
    }

    private Optional<Map<String, AttributeValue>> get(AttributeValue key) {
        return DynamoReads.item(client, table, Map.of(PK, key), "reading a user");
    }

    private static AttributeValue key(Email email) {
        return s("email#" + email.value());
    }

    private static Map<String, AttributeValue> item(User user) {
        Map<String, AttributeValue> item = new HashMap<>();
        item.put(PK, s(user.id().value()));
        item.put(EMAIL, s(user.email().value()));
        item.put(DISPLAY_NAME, s(user.displayName().value()));
        item.put(PASSWORD_HASH, s(user.passwordHash()));
        item.put(REGISTERED_AT, time(user.registeredAt()));
        item.put(FACTS, n(user.facts()));
        if (!user.roles().isEmpty()) {
            item.put(ROLES, AttributeValue.fromSs(List.copyOf(user.roles())));
        }
        return item;
    }

    private static User user(Map<String, AttributeValue> item) {
        AttributeValue roles = item.get(ROLES);
        return new User(
                new UserId(text(item, PK)),
                new Email(text(item, EMAIL)),
                new DisplayName(text(item, DISPLAY_NAME)),
                text(item, PASSWORD_HASH),
                roles == null ? Set.of() : Set.copyOf(roles.ss()),
                time(item, REGISTERED_AT),
                number(item, FACTS));
    }
}
