package dev.gavel.notifications;

import dev.gavel.runtime.FunctionHost;

/// Runs the function of this context that `SPRING_CLOUD_FUNCTION_DEFINITION` names.
public final class NotificationsApplication {

    private NotificationsApplication() {}

    public static void main(String[] args) {
        FunctionHost.run(NotificationFunctions.class);
    }
}
