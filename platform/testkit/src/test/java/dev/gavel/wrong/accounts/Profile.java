package dev.gavel.wrong.accounts;

public record Profile(String name) {}
