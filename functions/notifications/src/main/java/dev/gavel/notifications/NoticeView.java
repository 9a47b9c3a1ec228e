package dev.gavel.notifications;

import dev.gavel.kernel.NoticeId;
import java.time.Instant;

/// A notice in the words of its reader.
///
/// @param link a path of the web pages
record NoticeView(NoticeId noticeId, Kind kind, String title, String text, String link, Instant at, boolean read) {

    static NoticeView of(Notices.Entry entry, Preferences preferences) {
        Notice notice = entry.notice();
        Wording words = Wording.in(preferences.language());
        return new NoticeView(
                notice.noticeId(),
                notice.kind(),
                words.title(notice),
                words.text(notice, preferences.zone()),
                notice.content().link(),
                notice.at(),
                entry.read());
    }
}
