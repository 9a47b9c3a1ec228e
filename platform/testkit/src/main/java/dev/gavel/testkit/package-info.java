/// What tests share: DynamoDB and a clock to test with, a caller of functions, architecture rules and the
/// contracts that every adapter of a port keeps. Only ever on a test class path.
@NullMarked
package dev.gavel.testkit;

import org.jspecify.annotations.NullMarked;
