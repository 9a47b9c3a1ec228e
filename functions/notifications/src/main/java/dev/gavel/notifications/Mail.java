package dev.gavel.notifications;

/// Sends e-mails.
interface Mail {

    Sending send(Letter letter);

    /// @param id the left part of the Message-ID: a letter with the same one is the same letter
    record Letter(String id, String to, Language language, String subject, String text, String html) {

        @Override
        public String toString() {
            return "Letter[" + id + "]";
        }
    }
}
