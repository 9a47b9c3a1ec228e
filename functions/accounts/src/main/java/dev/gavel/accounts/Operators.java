package dev.gavel.accounts;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;

/// Who is an operator because a setting says so, besides those whose row in the store has the role. Addresses are
/// not verified: whoever registers one of them first is an operator. So it is for machines that nobody else
/// reaches, and empty unless it is set.
record Operators(Set<Email> addresses) {

    static final String SETTING = "GAVEL_OPERATORS";
    static final Operators NOBODY = new Operators(Set.of());

    private static final String ROLE = "operator";

    /// @param setting e-mail addresses with commas between them; may be empty
    /// @throws IllegalStateException when one of them is no address
    static Operators parse(String setting) {
        return new Operators(
                setting.isBlank()
                        ? Set.of()
                        : Arrays.stream(setting.split(","))
                                .map(address -> Email.parse(address)
                                        .orElseThrow(() -> new IllegalStateException("Set " + SETTING
                                                + " to e-mail addresses with commas between them, or leave it"
                                                + " out: \"" + address.strip() + "\" is none.")))
                                .collect(Collectors.toUnmodifiableSet()));
    }

    /// The roles a token of this user carries.
    Set<String> rolesOf(User user) {
        if (!addresses.contains(user.email())) {
            return user.roles();
        }
        Set<String> roles = new HashSet<>(user.roles());
        roles.add(ROLE);
        return Set.copyOf(roles);
    }
}
