package dev.gavel.media;

import dev.gavel.imaging.Variant;
import java.util.Map;
import java.util.Optional;

/// The files of pictures: uploads, which nobody sees, and variants, which everybody does.
interface PictureFiles {

    /// An upload, as far as its first so many bytes.
    ///
    /// @return nothing when there is none, or none any more
    /// @throws dev.gavel.kernel.Unavailable when the store did not answer
    Optional<byte[]> upload(String object, int most);

    /// Takes an upload away; there need not be one.
    ///
    /// @throws dev.gavel.kernel.Unavailable when the store did not answer
    void discard(String object);

    /// Puts the variants of a picture where everybody finds them; the same again changes nothing.
    ///
    /// @throws dev.gavel.kernel.Unavailable when the store did not answer: some may be there
    void show(String key, Map<Variant, byte[]> variants);

    /// Takes the variants of a picture away; there need not be any.
    ///
    /// @throws dev.gavel.kernel.Unavailable when the store did not answer: some may be there
    void hide(String key);
}
