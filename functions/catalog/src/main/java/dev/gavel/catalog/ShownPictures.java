package dev.gavel.catalog;

import dev.gavel.kernel.PictureId;
import dev.gavel.kernel.UserId;
import java.util.List;

/// Which pictures there are, and whose they are, as far as media has told.
interface ShownPictures {

    /// What can be shown without being anybody's: the pictures that come with the pages.
    String OURS = "demo/";

    /// A picture is shown from now on. Once more changes nothing.
    void add(String key, PictureId id, UserId owner);

    /// A picture is not shown any more, unless the same one was uploaded once more meanwhile.
    void remove(String key, PictureId id);

    /// Those of at most 100 keys that are no pictures of this owner's, in their order; those of ours
    /// are everybody's.
    List<String> unknown(UserId owner, List<String> keys);
}
