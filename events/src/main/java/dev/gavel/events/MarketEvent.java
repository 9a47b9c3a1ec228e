package dev.gavel.events;

/// Every fact of the marketplace. The hierarchy is sealed so that the catalogue can be derived from it: a
/// record cannot be added without its type, schema, sample and place in `asyncapi.yaml`.
public sealed interface MarketEvent
        permits AuctionEvent,
                ProductEvent,
                PictureEvent,
                UserEvent,
                OfferEvent,
                OrderEvent,
                PaymentEvent,
                ParcelEvent,
                NoticeEvent {

    /// The id of the aggregate the fact is about: the `subject` and the `partitionkey` of the CloudEvent.
    String subject();

    /// The type of the CloudEvent: what its record's `@CloudEventType` says.
    default String type() {
        return EventCatalog.type(getClass());
    }

    /// The address of the JSON Schema of its data.
    default String schema() {
        return EventCatalog.schema(getClass());
    }
}
