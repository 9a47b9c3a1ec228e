package dev.gavel.wrong.auctions;

import dev.gavel.wrong.accounts.Profile;

record Seller(Profile profile) {}
