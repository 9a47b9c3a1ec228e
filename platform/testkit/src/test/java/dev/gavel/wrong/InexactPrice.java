package dev.gavel.wrong;

record InexactPrice(double amount) {}
