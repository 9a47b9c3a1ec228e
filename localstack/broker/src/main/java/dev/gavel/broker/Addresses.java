package dev.gavel.broker;

import java.net.URI;

/// Where the Services named in manifests listen on this machine. Asked at every delivery, so that a function may come
/// back on another port.
@FunctionalInterface
public interface Addresses {
    /// The base address of a Service, without the path of the Trigger. An exception means "nobody is there now": it is
    /// retried like a refused connection.
    URI of(Destination.Subscriber subscriber);
}
