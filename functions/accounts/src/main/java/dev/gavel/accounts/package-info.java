/// Who the users are: registration, signing in, sessions, the keys that sign access tokens, and profiles.
@NullMarked
package dev.gavel.accounts;

import org.jspecify.annotations.NullMarked;
