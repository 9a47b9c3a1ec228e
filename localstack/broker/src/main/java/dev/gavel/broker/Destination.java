package dev.gavel.broker;

import java.net.URI;

/// Where an event is sent: a Service by its name, another Broker, or a plain address.
public sealed interface Destination {
    /// The address the same manifest has on a cluster. It names the place in `knativeerrordest` and in logs.
    URI clusterUri();

    /// A Knative or Kubernetes Service; `path` is appended to its address and may be empty.
    record Subscriber(String apiVersion, String namespace, String name, String path) implements Destination {
        /// Whether this is a Knative Service, which may be scaled to zero, and not a plain Kubernetes one.
        public boolean serverless() {
            return apiVersion.startsWith("serving.knative.dev/");
        }

        @Override
        public URI clusterUri() {
            return Destination.at(URI.create("http://" + name + "." + namespace + ".svc.cluster.local"), path);
        }
    }

    /// The ingress of a Broker.
    record Ingress(String namespace, String broker) implements Destination {
        @Override
        public URI clusterUri() {
            return URI.create(
                    "http://kafka-broker-ingress.knative-eventing.svc.cluster.local/" + namespace + "/" + broker);
        }
    }

    /// An absolute address, taken as it is.
    record Absolute(URI uri) implements Destination {
        @Override
        public URI clusterUri() {
            return uri;
        }
    }

    /// The path of a destination on top of a base address; an empty path leaves the base alone.
    static URI at(URI base, String path) {
        if (path.isEmpty()) {
            return base;
        }
        var root = base.getRawPath().isEmpty() ? URI.create(base + "/") : base;
        return root.resolve(path);
    }
}
