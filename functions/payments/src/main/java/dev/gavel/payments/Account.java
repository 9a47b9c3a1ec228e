package dev.gavel.payments;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.gavel.kernel.UserId;

/// An account of the ledger. What others owe us (`gateway`, `bank`) stands above zero, what we owe (`escrow`,
/// `seller:…`) and earn (`fees`) below.
record Account(@JsonValue String name) {

    /// What the payment gateway has taken for us and not given back.
    static final Account GATEWAY = new Account("gateway");
    /// Buyers' money that belongs to nobody yet.
    static final Account ESCROW = new Account("escrow");
    static final Account FEES = new Account("fees");
    /// What left for the sellers' bank accounts.
    static final Account BANK = new Account("bank");

    @JsonCreator
    Account {
        if (!name.matches("gateway|escrow|fees|bank|seller:usr_[0-9A-Z]{26}")) {
            throw new IllegalArgumentException("the ledger has no account " + name);
        }
    }

    /// What is the seller's and was not paid out yet.
    static Account seller(UserId seller) {
        return new Account("seller:" + seller);
    }

    @Override
    public String toString() {
        return name;
    }
}
