package dev.gavel.media;

import dev.gavel.events.Fact;
import dev.gavel.events.PictureEvent.PictureUploaded;
import dev.gavel.kernel.Call;
import dev.gavel.kernel.Caller;
import dev.gavel.kernel.Ids;
import dev.gavel.kernel.PictureId;
import dev.gavel.kernel.UserId;
import dev.gavel.testkit.MovableClock;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Set;
import javax.imageio.ImageIO;

/// Who and what the tests are about.
final class Album {

    static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");
    static final UserId ANNA = new UserId("usr_01KAMQ2M4N6P8R0STVWXYZ1357");
    static final UserId BORA = new UserId("usr_01KAMQ3M4N6P8R0STVWXYZ1357");

    private static final Ids IDS = Ids.secure(MovableClock.at(NOON));

    private Album() {}

    static Picture expected() {
        return expected(ANNA);
    }

    static Picture expected(UserId owner) {
        return Picture.expected(PictureId.next(IDS), owner, "image/jpeg", NOON);
    }

    static Ids ids() {
        return IDS;
    }

    static <C> Call<C> call(C command, UserId user) {
        return new Call<>(command, new Caller.User(user, Set.of()), NOON, "key");
    }

    static Call<Fact<PictureUploaded>> told(Picture picture) {
        PictureUploaded event = new PictureUploaded(picture.pictureId(), picture.ownerId(), picture.object(), 1, NOON);
        return new Call<>(new Fact<>("/s3/uploads", 1, NOON, event), new Caller.Platform("/s3/uploads"), NOON, "key");
    }

    /// A picture of 900 x 600 pixels.
    static byte[] photo(Color colour) {
        BufferedImage image = new BufferedImage(900, 600, BufferedImage.TYPE_3BYTE_BGR);
        Graphics2D pen = image.createGraphics();
        pen.setColor(colour);
        pen.fillRect(100, 100, 500, 300);
        pen.dispose();
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        try {
            ImageIO.write(image, "jpeg", file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return file.toByteArray();
    }
}
