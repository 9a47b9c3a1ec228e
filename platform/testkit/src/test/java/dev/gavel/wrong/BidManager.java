package dev.gavel.wrong;

final class BidManager {}
