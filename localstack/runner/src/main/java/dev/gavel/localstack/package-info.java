/// The whole platform on one machine: starts the embedded servers and the functions, obeys the manifests with the
/// local broker, and puts the gateway in front.
@NullMarked
package dev.gavel.localstack;

import org.jspecify.annotations.NullMarked;
