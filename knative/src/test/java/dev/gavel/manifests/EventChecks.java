package dev.gavel.manifests;

import dev.gavel.events.AuctionEvent;
import dev.gavel.events.EventCatalog;
import dev.gavel.events.NoticeEvent;
import dev.gavel.events.OfferEvent;
import dev.gavel.events.OrderEvent;
import dev.gavel.events.ParcelEvent;
import dev.gavel.events.PaymentEvent;
import dev.gavel.events.PictureEvent;
import dev.gavel.events.ProductEvent;
import dev.gavel.events.UserEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/// What triggers use cases: Triggers and PingSources.
final class EventChecks {

    /// The Broker each family of facts is published to.
    private static final Map<Class<?>, String> BROKERS = Map.of(
            AuctionEvent.class,
            "auctions",
            ProductEvent.class,
            "catalog",
            PictureEvent.class,
            "media",
            UserEvent.class,
            "accounts",
            OfferEvent.class,
            "auctions",
            OrderEvent.class,
            "orders",
            PaymentEvent.class,
            "payments",
            NoticeEvent.class,
            "notifications",
            ParcelEvent.class,
            "shipping");

    private static final Set<String> TRIGGER_KNOWN = Set.of("broker", "filters", "subscriber", "delivery");
    private static final String SCHEDULE = "(\\S+ ){4,5}\\S+";

    private EventChecks() {}

    static List<String> triggers(Tree tree, List<Declared> useCases) {
        List<String> problems = new ArrayList<>();
        for (Declared useCase : useCases) {
            Set<String> missing = new TreeSet<>(useCase.types());
            for (Document trigger : tree.all("Trigger")) {
                if (target(trigger, "/spec/subscriber").equals("Service " + useCase.service())) {
                    missing.removeAll(types(trigger));
                }
            }
            missing.removeAll(QueueChecks.carried(tree, useCase.service()));
            missing.forEach(type -> problems.add(useCase.service() + " has no Trigger for " + type));
            if (useCase.any()
                    && tree.all("Trigger").stream()
                            .noneMatch(trigger -> trigger.text("/spec/broker").equals(BrokerChecks.DEAD_LETTERS)
                                    && delivers(trigger, useCase))) {
                problems.add(useCase.service() + " has no Trigger on the Broker " + BrokerChecks.DEAD_LETTERS);
            }
        }
        for (Document trigger : tree.all("Trigger")) {
            Set<String> unknown = new TreeSet<>(trigger.content().path("spec").propertyNames());
            unknown.removeAll(TRIGGER_KNOWN);
            List<String> types = types(trigger);
            String broker = trigger.text("/spec/broker");
            if (tree.find("Broker", broker).isEmpty()) {
                problems.add(trigger.where() + " hangs on the Broker " + broker + ", which is not there");
            }
            if (!unknown.isEmpty()) {
                problems.add(trigger.where() + " has fields a Trigger does not know: " + unknown);
            }
            if (broker.equals(BrokerChecks.DEAD_LETTERS)) {
                deadLetters(trigger, useCases, problems);
                continue;
            }
            if (types.isEmpty()) {
                problems.add(trigger.where() + " must have one filter, exact or any of several exact, with types only");
            }
            for (String type : types) {
                filter(trigger, type, broker, useCases, problems);
            }
        }
        return problems;
    }

    /// Whatever could not be delivered is kept, so nothing is filtered out.
    private static void deadLetters(Document trigger, List<Declared> useCases, List<String> problems) {
        if (trigger.content().path("spec").has("filters")) {
            problems.add(trigger.where() + " must have no filters: dead letters may be of any type");
        }
        if (useCases.stream().noneMatch(useCase -> useCase.any() && delivers(trigger, useCase))) {
            problems.add(trigger.where() + " delivers dead letters to a use case that does not take any event");
        }
    }

    /// The types that are published to a Broker, without those that only a queue carries.
    static Set<String> published(String broker) {
        return EventCatalog.TYPES.entrySet().stream()
                .filter(type -> !QueueChecks.queued().contains(type.getKey()))
                .filter(type -> BROKERS.entrySet().stream()
                        .anyMatch(family -> family.getValue().equals(broker)
                                && family.getKey().isAssignableFrom(type.getValue())))
                .map(Map.Entry::getKey)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static boolean delivers(Document trigger, Declared useCase) {
        return target(trigger, "/spec/subscriber").equals("Service " + useCase.service())
                && trigger.file().equals("functions/" + useCase.service() + ".yaml");
    }

    private static void filter(
            Document trigger, String type, String broker, List<Declared> useCases, List<String> problems) {
        if (EventCatalog.event(type).isEmpty()) {
            problems.add(trigger.where() + " must let events through with a type of the catalogue, not " + type);
        } else if (!BROKERS.entrySet().stream()
                .filter(family -> family.getKey()
                        .isAssignableFrom(EventCatalog.event(type).orElseThrow()))
                .allMatch(family -> family.getValue().equals(broker))) {
            problems.add(trigger.where() + " never sees " + type + " in the Broker " + broker);
        }
        if (useCases.stream().noneMatch(useCase -> useCase.types().contains(type) && delivers(trigger, useCase))) {
            problems.add(trigger.where() + " delivers " + type + " to a use case that does not declare it");
        }
    }

    static List<String> pingSources(Tree tree, List<Declared> useCases) {
        List<String> problems = new ArrayList<>();
        Set<String> ticking = new TreeSet<>();
        useCases.stream().filter(Declared::tick).map(Declared::service).forEach(ticking::add);
        for (Document ping : tree.all("PingSource")) {
            if (!ticking.remove(ping.name())) {
                problems.add(ping.where() + " ticks for a use case that does not declare it");
            }
            if (!target(ping, "/spec/sink").equals("Service " + ping.name())) {
                problems.add(ping.where() + " must send to its Service directly");
            }
            if (!ping.text("/spec/schedule").matches(SCHEDULE)
                    || !ping.text("/spec/timezone").equals("UTC")) {
                problems.add(ping.where() + " needs a schedule of five fields, or six with seconds in front, and UTC");
            }
        }
        ticking.forEach(name -> problems.add(name + " has no PingSource"));
        return problems;
    }

    /// The types a Trigger lets through; none when its filter is of another form. Several types are `any` in one
    /// filter, because the filters of a list must all hold.
    static List<String> types(Document trigger) {
        JsonNode filters = trigger.content().at("/spec/filters");
        JsonNode only = filters.path(0);
        if (filters.size() != 1 || only.size() != 1) {
            return List.of();
        }
        List<String> types = new ArrayList<>();
        for (JsonNode filter : only.has("any") ? only.path("any") : filters) {
            JsonNode exact = filter.path("exact");
            if (filter.size() != 1 || exact.size() != 1 || !exact.has("type")) {
                return List.of();
            }
            types.add(exact.path("type").asString(""));
        }
        return types;
    }

    static String target(Document document, String pointer) {
        return document.text(pointer + "/ref/kind") + " " + document.text(pointer + "/ref/name")
                + document.text(pointer + "/uri");
    }
}
