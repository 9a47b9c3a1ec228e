package dev.gavel.shipping;

/// What a carrier knows a parcel by: the id of the carrier, such as `epost`, and its number. In letters
/// that are safe in a path.
record Waybill(String carrier, String trackingNumber) {

    /// @throws IllegalArgumentException when it is no such id or number
    Waybill {
        if (!isCarrier(carrier) || !isNumber(trackingNumber)) {
            throw new IllegalArgumentException("no carrier has such a number");
        }
    }

    static boolean isCarrier(String text) {
        return text.matches("[a-z0-9][a-z0-9-]{0,39}");
    }

    static boolean isNumber(String text) {
        return text.matches("[0-9A-Za-z-]{1,40}");
    }

    @Override
    public String toString() {
        return carrier + "/" + trackingNumber;
    }
}
