package dev.gavel.operations;

class InMemoryDeadLettersTest implements DeadLettersContract {

    @Override
    public DeadLetters letters() {
        return new InMemoryDeadLetters();
    }
}
