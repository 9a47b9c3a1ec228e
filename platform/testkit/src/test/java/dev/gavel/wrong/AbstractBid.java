package dev.gavel.wrong;

class AbstractBid {}
