package dev.gavel.notifications;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.gavel.events.NoticeEvent.Channel;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// How somebody wants to be told, as they see it themselves.
///
/// @param zone a zone such as `Asia/Seoul`
/// @param channels every kind by every channel
/// @param phone the confirmed number
@JsonInclude(JsonInclude.Include.NON_NULL)
record PreferencesView(
        Language language,
        String zone,
        @Nullable QuietHours quietHours,
        Map<Kind, Map<Channel, Boolean>> channels,
        @Nullable PhoneNumber phone,
        int pushSubscriptions) {

    static PreferencesView of(Reader reader) {
        Preferences preferences = reader.preferences();
        return new PreferencesView(
                preferences.language(),
                preferences.zone().getId(),
                preferences.quietHours(),
                preferences.all(),
                reader.phone(),
                reader.subscriptions().size());
    }
}
