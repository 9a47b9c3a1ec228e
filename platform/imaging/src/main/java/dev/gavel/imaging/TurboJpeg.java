package dev.gavel.imaging;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.awt.image.BufferedImage;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// libjpeg-turbo, through the TurboJPEG API of version 1.2 and later (turbojpeg.h), which version 3
/// still has. It skips what a smaller picture does not need while it decodes.
@SuppressWarnings("restricted")
final class TurboJpeg implements JpegCodec {

    private static final List<String> NAMES = List.of("libturbojpeg.so.0", "libturbojpeg.0.dylib");

    private static final int BGR = 1;
    private static final int CMYK = 11;
    private static final int HALF_COLOUR = 2;
    private static final int NO_REALLOC = 1024;
    private static final int WARNING = 0;

    /// What cameras do that hurts nothing.
    private static final Pattern HARMLESS = Pattern.compile("extraneous bytes before marker");

    private final MethodHandle initDecompress;
    private final MethodHandle initCompress;
    private final MethodHandle decompress;
    private final MethodHandle compress;
    private final MethodHandle bufferSize;
    private final MethodHandle destroy;
    private final MethodHandle errorText;
    private final MethodHandle errorCode;

    private TurboJpeg(SymbolLookup library) {
        initDecompress = function(library, "tjInitDecompress", ADDRESS);
        initCompress = function(library, "tjInitCompress", ADDRESS);
        decompress = function(
                library,
                "tjDecompress2",
                JAVA_INT,
                ADDRESS,
                ADDRESS,
                JAVA_LONG,
                ADDRESS,
                JAVA_INT,
                JAVA_INT,
                JAVA_INT,
                JAVA_INT,
                JAVA_INT);
        compress = function(
                library,
                "tjCompress2",
                JAVA_INT,
                ADDRESS,
                ADDRESS,
                JAVA_INT,
                JAVA_INT,
                JAVA_INT,
                JAVA_INT,
                ADDRESS,
                ADDRESS,
                JAVA_INT,
                JAVA_INT,
                JAVA_INT);
        bufferSize = function(library, "tjBufSize", JAVA_LONG, JAVA_INT, JAVA_INT, JAVA_INT);
        destroy = function(library, "tjDestroy", JAVA_INT, ADDRESS);
        errorText = function(library, "tjGetErrorStr2", ADDRESS, ADDRESS);
        errorCode = function(library, "tjGetErrorCode", JAVA_INT, ADDRESS);
    }

    /// Nothing when this machine has no such library, or one that is too old.
    static Optional<TurboJpeg> load() {
        for (String name : NAMES) {
            try {
                return Optional.of(new TurboJpeg(SymbolLookup.libraryLookup(name, Arena.global())));
            } catch (IllegalArgumentException | java.util.NoSuchElementException _) {
                // The next one, if any.
            }
        }
        return Optional.empty();
    }

    private static MethodHandle function(
            SymbolLookup library, String name, MemoryLayout answer, MemoryLayout... parameters) {
        return Linker.nativeLinker()
                .downcallHandle(library.findOrThrow(name), FunctionDescriptor.of(answer, parameters));
    }

    @Override
    public BufferedImage decode(JpegFile file, int enough) throws PictureRefused {
        int scale = scale(file, enough);
        int width = Math.ceilDiv(file.width() * scale, 8);
        int height = Math.ceilDiv(file.height() * scale, 8);
        int samples = file.inks() ? 4 : 3;
        MemorySegment handle = call(initDecompress);
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment pixels = arena.allocate((long) width * height * samples);
            MemorySegment source = source(file, arena);
            int failed = (int) decompress.invokeExact(
                    handle,
                    source,
                    source.byteSize(),
                    pixels,
                    width,
                    width * samples,
                    height,
                    file.inks() ? CMYK : BGR,
                    0);
            if (failed != 0) {
                complain(handle);
            }
            BufferedImage image = Bgr.image(width, height);
            if (file.inks()) {
                Inks.toLights(pixels.toArray(JAVA_BYTE), Bgr.samples(image), file.adobe());
            } else {
                MemorySegment.copy(pixels, JAVA_BYTE, 0, Bgr.samples(image), 0, Bgr.samples(image).length);
            }
            return image;
        } catch (PictureRefused | RuntimeException | Error thrown) {
            throw thrown;
        } catch (Throwable impossible) {
            throw new IllegalStateException(impossible);
        } finally {
            release(handle);
        }
    }

    @Override
    public long memory(JpegFile file, int enough) {
        long pixels = (long) Math.ceilDiv(file.width() * scale(file, enough), 8)
                * Math.ceilDiv(file.height() * scale(file, enough), 8);
        return file.kept().size() + file.coefficients() + pixels * (file.inks() ? 11 : 6);
    }

    @Override
    public byte[] encode(BufferedImage image, int quality) {
        int width = image.getWidth();
        int height = image.getHeight();
        MemorySegment handle = call(initCompress);
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment pixels = arena.allocateFrom(JAVA_BYTE, Bgr.samples(image));
            long room = (long) bufferSize.invokeExact(width, height, HALF_COLOUR);
            MemorySegment buffer = arena.allocateFrom(ADDRESS, arena.allocate(room));
            MemorySegment length = arena.allocateFrom(JAVA_LONG, room);
            int failed = (int) compress.invokeExact(
                    handle, pixels, width, 3 * width, height, BGR, buffer, length, HALF_COLOUR, quality, NO_REALLOC);
            if (failed != 0) {
                throw new IllegalStateException(text(handle));
            }
            return buffer.get(ADDRESS, 0).reinterpret(length.get(JAVA_LONG, 0)).toArray(JAVA_BYTE);
        } catch (RuntimeException | Error thrown) {
            throw thrown;
        } catch (Throwable impossible) {
            throw new IllegalStateException(impossible);
        } finally {
            release(handle);
        }
    }

    /// How many eighths are left of each side.
    static int scale(JpegFile file, int enough) {
        int longer = Math.max(file.width(), file.height());
        for (int eighths = 1; eighths < 8; eighths++) {
            if (Math.ceilDiv(longer * eighths, 8) >= enough) {
                return eighths;
            }
        }
        return 8;
    }

    private static MemorySegment source(JpegFile file, Arena arena) {
        Pieces kept = file.kept();
        MemorySegment source = arena.allocate(kept.size());
        long at = 0;
        for (Pieces.Piece piece : kept.all()) {
            int length = piece.to() - piece.from();
            MemorySegment.copy(kept.file(), piece.from(), source, JAVA_BYTE, at, length);
            at += length;
        }
        return source;
    }

    private void complain(MemorySegment handle) throws PictureRefused {
        String text = text(handle);
        int code;
        try {
            code = (int) errorCode.invokeExact(handle);
        } catch (Throwable impossible) {
            throw new IllegalStateException(impossible);
        }
        if (code != WARNING || !HARMLESS.matcher(text).find()) {
            throw new PictureRefused(Refusal.DAMAGED, text);
        }
    }

    private String text(MemorySegment handle) {
        try {
            MemorySegment text = (MemorySegment) errorText.invokeExact(handle);
            return text.reinterpret(256).getString(0);
        } catch (Throwable impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static MemorySegment call(MethodHandle open) {
        MemorySegment handle;
        try {
            handle = (MemorySegment) open.invokeExact();
        } catch (Throwable impossible) {
            throw new IllegalStateException(impossible);
        }
        if (handle.address() == 0) {
            throw new OutOfMemoryError("libjpeg-turbo has no memory for a handle");
        }
        return handle;
    }

    private void release(MemorySegment handle) {
        try {
            int _ = (int) destroy.invokeExact(handle);
        } catch (Throwable impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
