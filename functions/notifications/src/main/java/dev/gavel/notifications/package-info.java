/// Facts become notices: exactly one per cause, in an inbox and by e-mail, SMS and Web Push.
@NullMarked
package dev.gavel.notifications;

import org.jspecify.annotations.NullMarked;
