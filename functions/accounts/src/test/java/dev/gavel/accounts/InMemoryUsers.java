package dev.gavel.accounts;

import dev.gavel.events.Fact;
import dev.gavel.events.UserEvent;
import dev.gavel.events.UserEvent.UserProfileUpdated;
import dev.gavel.kernel.StaleWrite;
import dev.gavel.kernel.UserId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The twin of `DynamoUsers`.
final class InMemoryUsers implements Users {

    private final Map<UserId, User> users = new HashMap<>();
    private final List<Fact<?>> facts = new ArrayList<>();

    @Override
    public synchronized boolean register(User user, List<Fact<? extends UserEvent>> told) {
        if (byEmail(user.email()).isPresent() || users.containsKey(user.id())) {
            return false;
        }
        users.put(user.id(), user);
        facts.addAll(told);
        return true;
    }

    @Override
    public synchronized Optional<User> byEmail(Email email) {
        return users.values().stream()
                .filter(user -> user.email().equals(email))
                .findAny();
    }

    @Override
    public synchronized Optional<User> byId(UserId id) {
        return Optional.ofNullable(users.get(id));
    }

    @Override
    public synchronized void save(User changed, Fact<UserProfileUpdated> fact) {
        User before = users.get(changed.id());
        if (before == null || before.facts() != changed.facts() - 1) {
            throw new StaleWrite("user " + changed.id());
        }
        users.put(
                changed.id(),
                new User(
                        before.id(),
                        before.email(),
                        changed.displayName(),
                        before.passwordHash(),
                        before.roles(),
                        before.registeredAt(),
                        changed.facts()));
        facts.add(fact);
    }

    /// As an operator with access to the data would.
    synchronized void giveRole(UserId id, String role) {
        users.computeIfPresent(id, (_, user) -> {
            Set<String> roles = new HashSet<>(user.roles());
            roles.add(role);
            return new User(
                    user.id(),
                    user.email(),
                    user.displayName(),
                    user.passwordHash(),
                    Set.copyOf(roles),
                    user.registeredAt(),
                    user.facts());
        });
    }

    synchronized void forget(UserId id) {
        users.remove(id);
    }

    synchronized List<Fact<?>> facts() {
        return List.copyOf(facts);
    }
}
