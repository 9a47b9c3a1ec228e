package dev.gavel.media;

import java.net.URI;
import java.time.Instant;
import java.util.Map;

/// What lets a browser upload one file straight to the store.
interface UploadForms {

    /// A form to be posted as `multipart/form-data`: these fields, then the field `file`.
    record Form(URI url, Map<String, String> fields) {}

    /// @param object where the file will lie, and nowhere else
    /// @param contentType what the browser must say it is
    /// @param most bytes it may have
    /// @param until when the form is good
    Form sign(String object, String contentType, int most, Instant now, Instant until);
}
