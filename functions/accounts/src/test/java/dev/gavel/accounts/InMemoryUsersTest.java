package dev.gavel.accounts;

import dev.gavel.events.Fact;
import dev.gavel.kernel.UserId;
import java.util.List;

class InMemoryUsersTest extends UsersContract {

    private final InMemoryUsers users = new InMemoryUsers();

    @Override
    Users users() {
        return users;
    }

    @Override
    List<Fact<?>> facts(UserId user) {
        return users.facts().stream()
                .filter(fact -> fact.subject().equals(user.value()))
                .toList();
    }

    @Override
    void giveRole(UserId user, String role) {
        users.giveRole(user, role);
    }
}
