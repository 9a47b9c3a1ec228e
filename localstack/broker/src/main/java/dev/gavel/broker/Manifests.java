package dev.gavel.broker;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;

/// What a set of YAML files asks of the broker: its Brokers, Triggers and PingSources, and every document as it was
/// written. Immutable once read.
public final class Manifests {
    private static final List<String> OBEYED = List.of("Broker", "Trigger", "PingSource");

    private final List<Document> documents;
    private final List<Broker> brokers;
    private final List<Trigger> triggers;
    private final List<PingSource> pingSources;

    private Manifests(List<Document> documents) {
        this.documents = documents;
        refuseTwice();
        var reading = new ManifestReading(documents);
        brokers = ours("Broker", "eventing.knative.dev/").stream()
                .map(reading::broker)
                .toList();
        var found = new ArrayList<Trigger>();
        for (var document : ours("Trigger", "eventing.knative.dev/")) {
            var trigger = reading.trigger(document, this::broker);
            reading.requireDeclared(trigger.subscriber(), document, this::broker);
            trigger.delivery()
                    .deadLetterSink()
                    .ifPresent(sink -> reading.requireDeclared(sink, document, this::broker));
            found.add(trigger);
        }
        triggers = List.copyOf(found);
        var pings = new ArrayList<PingSource>();
        for (var document : ours("PingSource", "sources.knative.dev/")) {
            var ping = reading.pingSource(document);
            reading.requireDeclared(ping.sink(), document, this::broker);
            pings.add(ping);
        }
        pingSources = List.copyOf(pings);
    }

    /// Reads files, and folders with everything below them. Documents without a namespace belong to `default`.
    ///
    /// @throws WrongManifest with one sentence naming file and resource, when something cannot be obeyed
    public static Manifests read(Path... places) {
        return read("default", List.of(places));
    }

    /// Like [#read(Path...)], with the namespace of the documents that say none.
    public static Manifests read(String defaultNamespace, List<Path> places) {
        return new Manifests(YamlDocuments.read(places, defaultNamespace));
    }

    /// The Brokers, in the order of the files.
    public List<Broker> brokers() {
        return brokers;
    }

    /// The Broker of that name, if one is declared.
    public Optional<Broker> broker(String namespace, String name) {
        return brokers.stream()
                .filter(broker ->
                        broker.namespace().equals(namespace) && broker.name().equals(name))
                .findFirst();
    }

    /// The Triggers, in the order of the files.
    public List<Trigger> triggers() {
        return triggers;
    }

    /// The PingSources, in the order of the files.
    public List<PingSource> pingSources() {
        return pingSources;
    }

    /// Every document, whatever its kind.
    public List<Document> documents() {
        return documents;
    }

    /// The documents of one kind, such as `Service` or `HTTPRoute`.
    public List<Document> documents(String kind) {
        return documents.stream()
                .filter(document -> document.kind().equals(kind))
                .toList();
    }

    private List<Document> ours(String kind, String group) {
        return documents(kind).stream()
                .filter(document -> document.apiVersion().startsWith(group))
                .toList();
    }

    private void refuseTwice() {
        var seen = new HashMap<String, Document>();
        for (var document : documents) {
            if (!OBEYED.contains(document.kind())) {
                continue;
            }
            var earlier = seen.put(document.kind() + " " + document.namespace() + "/" + document.name(), document);
            if (earlier != null) {
                throw new WrongManifest(document.where() + ": is already declared in " + earlier.file() + ".");
            }
        }
    }
}
