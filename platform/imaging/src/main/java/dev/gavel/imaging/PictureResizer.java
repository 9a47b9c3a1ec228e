package dev.gavel.imaging;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.Supplier;
import net.coobird.thumbnailator.Thumbnails;

/// Makes of an upload what is shown: every {@link Variant} from one decoding. Nothing of the file
/// survives but pixels, so neither does the place where it was taken, nor anything hidden in it. May
/// be used by many threads; each call takes up to 60 MiB.
public final class PictureResizer {

    private static final Lanczos LANCZOS = new Lanczos();

    private final JpegCodec jpeg;

    PictureResizer(JpegCodec jpeg) {
        this.jpeg = jpeg;
    }

    /// With libjpeg-turbo where it is installed.
    ///
    /// @param missing called when it is not, and every pixel has to be decoded
    public static PictureResizer fastest(Runnable missing) {
        Supplier<JpegCodec> slow = () -> {
            missing.run();
            return new ImageIo();
        };
        return new PictureResizer(TurboJpeg.load().map(JpegCodec.class::cast).orElseGet(slow));
    }

    /// @param file the whole upload
    public Resizing resize(byte[] file) {
        try {
            return resized(PictureFile.read(file));
        } catch (PictureRefused refused) {
            return new Resizing.Refused(refused.refusal(), refused.detail());
        }
    }

    private Resizing resized(PictureFile file) throws PictureRefused {
        BufferedImage full = upright(file);
        Map<Variant, byte[]> variants = new EnumMap<>(Variant.class);
        variants.put(Variant.FULL, jpeg.encode(full, Variant.FULL.quality()));
        // Each from the one before: what is left out there is not seen here either.
        BufferedImage card = smaller(full, Variant.CARD.longest());
        variants.put(Variant.CARD, jpeg.encode(card, Variant.CARD.quality()));
        BufferedImage thumb = smaller(card, Variant.THUMB.longest());
        variants.put(Variant.THUMB, jpeg.encode(thumb, Variant.THUMB.quality()));
        byte[] placeholder = ThumbHash.of(smaller(thumb, ThumbHash.LONGEST));
        return new Resizing.Resized(full.getWidth(), full.getHeight(), placeholder, variants);
    }

    /// The picture at most as large as {@link Variant#FULL}, upright and in sRGB.
    private BufferedImage upright(PictureFile file) throws PictureRefused {
        int most = Variant.FULL.longest();
        BufferedImage full = switch (file) {
            case JpegFile photo -> {
                PictureLimits.check(jpeg.memory(photo, Variant.FULL_ENOUGH));
                yield smaller(jpeg.decode(photo, Variant.FULL_ENOUGH), most);
            }
            case PngFile picture -> {
                PictureLimits.check(picture.memory() + picture.kept().size());
                yield smaller(ImageIo.decode(picture), most);
            }
        };
        byte[] profile = file.profile();
        if (profile != null && !(file instanceof JpegFile photo && photo.components() != 3)) {
            ColourProfile.parse(profile).ifPresent(colours -> colours.toSrgb(Bgr.samples(full)));
        }
        return file instanceof JpegFile photo ? photo.orientation().upright(full) : full;
    }

    /// At most so long, in the form of {@link Bgr}; never larger than it was.
    private static BufferedImage smaller(BufferedImage image, int longest) {
        int longer = Math.max(image.getWidth(), image.getHeight());
        if (longer <= longest && image.getType() == BufferedImage.TYPE_3BYTE_BGR) {
            return image;
        }
        double scale = Math.min(1, (double) longest / longer);
        try {
            return Thumbnails.of(image)
                    .forceSize(side(image.getWidth(), scale), side(image.getHeight(), scale))
                    .imageType(BufferedImage.TYPE_3BYTE_BGR)
                    .resizer(LANCZOS)
                    .asBufferedImage();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    private static int side(int pixels, double scale) {
        return (int) Math.max(1, Math.round(pixels * scale));
    }
}
