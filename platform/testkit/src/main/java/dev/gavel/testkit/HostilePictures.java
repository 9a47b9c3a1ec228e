package dev.gavel.testkit;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/// Files that somebody might send who means harm, or whose telephone did.
public final class HostilePictures {

    private static final BufferedImage PHOTO = Photographs.photo(640, 480, 5);

    private HostilePictures() {}

    /// Every file by the name it has in the table of verdicts.
    public static Map<String, Supplier<byte[]>> files() {
        Map<String, Supplier<byte[]>> files = new LinkedHashMap<>();
        byte[] jpeg = Photographs.jpeg(PHOTO);
        byte[] progressive = Photographs.jpeg(PHOTO, true);
        byte[] png = Photographs.png(PHOTO);
        files.put("nothing at all", () -> new byte[0]);
        files.put("one byte", () -> new byte[] {(byte) 0xFF});
        files.put("zeros", () -> new byte[4096]);
        files.put("a text", () -> "hello, this is a picture.jpg".getBytes(StandardCharsets.UTF_8));
        files.put("a program", () -> elf());
        files.put("a ZIP", () -> "PK\3\4 picture".getBytes(StandardCharsets.ISO_8859_1));
        files.put(
                "SVG",
                () -> "<svg xmlns=\"http://www.w3.org/2000/svg\" onload=\"alert(1)\"/>"
                        .getBytes(StandardCharsets.UTF_8));
        files.put(
                "SVG with entities",
                () -> ("<?xml version=\"1.0\"?><!DOCTYPE svg [<!ENTITY a \"aaaa\">"
                                + "<!ENTITY b \"&a;&a;&a;\">]><svg>&b;</svg>")
                        .getBytes(StandardCharsets.UTF_8));
        files.put(
                "HTML called .jpg", () -> "<!doctype html><script>alert(1)</script>".getBytes(StandardCharsets.UTF_8));
        files.put("GIF that moves", HostilePictures::movingGif);
        files.put(
                "WebP that moves",
                () -> "RIFF\44\0\0\0WEBPVP8X\12\0\0\0\2\0\0\0".getBytes(StandardCharsets.ISO_8859_1));
        files.put("HEIC", () -> "\0\0\0\30ftypheic\0\0\0\0".getBytes(StandardCharsets.ISO_8859_1));
        files.put("BMP of 2 gigapixels", () -> "BM\0\0\0\0\0\0\0\0\66\0\0\0".getBytes(StandardCharsets.ISO_8859_1));
        files.put("TIFF", () -> new byte[] {'I', 'I', 42, 0, 8, 0, 0, 0});
        files.put("more than 20 MiB", () -> Arrays.copyOf(jpeg, 20 * 1024 * 1024 + 1));

        files.put("JPEG, in order", () -> jpeg);
        files.put("JPEG called .png", () -> jpeg);
        files.put("JPEG, progressive", () -> progressive);
        files.put("JPEG of the start only", () -> Arrays.copyOf(jpeg, 4));
        files.put("JPEG cut in its frame", () -> Arrays.copyOf(jpeg, 200));
        files.put("JPEG cut in the middle", () -> Arrays.copyOf(jpeg, jpeg.length / 2));
        files.put("JPEG without its last byte", () -> Arrays.copyOf(jpeg, jpeg.length - 1));
        files.put("JPEG cut in the middle, with an end", () -> ended(Arrays.copyOf(jpeg, jpeg.length / 2)));
        files.put(
                "JPEG, progressive, cut, with an end", () -> ended(Arrays.copyOf(progressive, progressive.length / 2)));
        files.put("JPEG with a run of other bytes", () -> spoilt(jpeg));
        files.put("JPEG without pixels", () -> new byte[] {-1, (byte) 0xD8, -1, (byte) 0xD9});
        files.put("JPEG that says 65,535 x 65,535", () -> sized(jpeg, 65535, 65535));
        files.put("JPEG that says 0 x 480", () -> sized(jpeg, 0, 480));
        files.put("JPEG that says 9,000 x 9,000 and is short", () -> sized(jpeg, 9000, 9000));
        files.put("JPEG, progressive, that says 9,000 x 9,000", () -> sized(progressive, 9000, 9000));
        files.put("JPEG of 4,000 passes", () -> passes(progressive, 4000));
        files.put("JPEG of 60 passes", () -> passes(progressive, 50));
        files.put("JPEG of 12 bits", () -> changed(jpeg, frame(jpeg) + 4, 12));
        files.put("JPEG, lossless", () -> changed(jpeg, frame(jpeg) + 1, 0xC3));
        files.put("JPEG, arithmetic", () -> changed(jpeg, frame(jpeg) + 1, 0xC9));
        files.put("JPEG of 2 components", () -> changed(jpeg, frame(jpeg) + 9, 2));
        files.put("JPEG whose sampling is 0", () -> changed(jpeg, frame(jpeg) + 11, 0));
        files.put("JPEG with two frames", () -> twoFrames(jpeg));
        files.put("JPEG whose EXIF points at itself", () -> Photographs.with(jpeg, 0xE1, loop()));
        files.put("JPEG whose EXIF points far away", () -> Photographs.with(jpeg, 0xE1, far()));
        files.put("JPEG whose EXIF has 65,535 entries", () -> Photographs.with(jpeg, 0xE1, crowd()));
        files.put(
                "JPEG with a colour profile of noise",
                () -> Photographs.with(jpeg, 0xE2, Photographs.iccSegment(noise(Photographs.wideProfile()))));
        files.put(
                "JPEG with half a colour profile",
                () -> Photographs.with(
                        jpeg, 0xE2, Photographs.iccSegment(Arrays.copyOf(Photographs.wideProfile(), 150))));
        files.put("JPEG and a ZIP", () -> joined(jpeg, "PK\3\4".getBytes(StandardCharsets.ISO_8859_1)));
        files.put("JPEG and another JPEG", () -> joined(jpeg, jpeg));
        files.put(
                "JPEG with a script in a comment",
                () -> Photographs.with(jpeg, 0xFE, "*/=1;alert(1)/*<script>".getBytes(StandardCharsets.UTF_8)));
        files.put("JPEG for printing", () -> Photographs.printed(PHOTO));
        files.put("JPEG of 8 x 8", () -> Photographs.jpeg(Photographs.photo(8, 8, 1)));
        files.put("JPEG of 2,000 x 20", () -> Photographs.jpeg(Photographs.photo(2000, 20, 1)));

        files.put("PNG, in order", () -> png);
        files.put("PNG called .jpg", () -> png);
        files.put("PNG, 16 bits", () -> Photographs.png(64, 64, 16, 6, new byte[64 * (1 + 64 * 8)]));
        files.put("PNG of the start only", () -> Arrays.copyOf(png, 8));
        files.put("PNG cut in the middle", () -> Arrays.copyOf(png, png.length / 2));
        files.put("PNG with a flipped bit", () -> changed(png, png.length / 2, png[png.length / 2] ^ 1));
        files.put("PNG of 12,000 x 12,000 in 420 KB", () -> bomb(12_000, 12_000));
        files.put("PNG of 5,000 x 5,000 in 75 KB", () -> bomb(5_000, 5_000));
        files.put(
                "PNG that says 640 x 480 and has 40 rows",
                () -> Photographs.png(640, 480, 8, 2, new byte[40 * (1 + 3 * 640)]));
        files.put("PNG of 64 x 64 with 30 MB of pixels", () -> Photographs.png(64, 64, 8, 2, new byte[1_000_000], 30));
        files.put("PNG of 2 gigapixels a side", () -> Photographs.png(-1, -1, 8, 2, new byte[10]));
        files.put("PNG of 0 x 0", () -> Photographs.png(0, 0, 8, 2, new byte[0]));
        files.put("PNG of 3 bits", () -> Photographs.png(64, 64, 3, 2, new byte[64 * 193]));
        files.put("PNG of colour type 5", () -> Photographs.png(64, 64, 8, 5, new byte[64 * 193]));
        files.put("PNG with a palette that is missing", () -> Photographs.png(64, 64, 8, 3, new byte[64 * 65]));
        files.put(
                "PNG whose rows have a filter there is none of",
                () -> Photographs.png(64, 64, 8, 2, filled(64 * 193, 9)));
        files.put("PNG that moves", () -> Photographs.withChunk(png, "acTL", new byte[] {0, 0, 0, 9, 0, 0, 0, 0}));
        files.put("PNG with a text of 30 MB in 30 KB", () -> Photographs.withChunk(png, "zTXt", textBomb()));
        files.put("PNG with a profile of 30 MB in 30 KB", () -> Photographs.withChunk(png, "iCCP", textBomb()));
        files.put("PNG with a chunk nobody knows", () -> Photographs.withChunk(png, "gaVl", new byte[10]));
        files.put("PNG with a chunk one must know", () -> Photographs.withChunk(png, "GAVL", new byte[10]));
        files.put("PNG with a chunk of 2 GB", () -> changed(png, 33, 0x7F));
        files.put("PNG and a ZIP", () -> joined(png, "PK\3\4".getBytes(StandardCharsets.ISO_8859_1)));
        return files;
    }

    /// Where the frame of a JPEG starts.
    private static int frame(byte[] jpeg) {
        int at = 2;
        while (jpeg[at + 1] != (byte) 0xC0 && jpeg[at + 1] != (byte) 0xC2) {
            at += 2 + ((jpeg[at + 2] & 0xFF) << 8 | jpeg[at + 3] & 0xFF);
        }
        return at;
    }

    private static byte[] sized(byte[] jpeg, int width, int height) {
        byte[] file = jpeg.clone();
        ByteBuffer.wrap(file).putShort(frame(jpeg) + 5, (short) height).putShort(frame(jpeg) + 7, (short) width);
        return file;
    }

    /// The last pass again and again.
    private static byte[] passes(byte[] progressive, int times) {
        int last = progressive.length - 2;
        while (!(progressive[last] == (byte) 0xFF && progressive[last + 1] == (byte) 0xDA)) {
            last--;
        }
        byte[] pass = Arrays.copyOfRange(progressive, last, last + 12);
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        file.write(progressive, 0, progressive.length - 2);
        for (int i = 0; i < times; i++) {
            file.writeBytes(pass);
        }
        file.write(progressive, progressive.length - 2, 2);
        return file.toByteArray();
    }

    private static byte[] twoFrames(byte[] jpeg) {
        int from = frame(jpeg);
        int length = (jpeg[from + 2] & 0xFF) << 8 | jpeg[from + 3] & 0xFF;
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        file.write(jpeg, 0, from);
        file.write(jpeg, from, length + 2);
        file.write(jpeg, from, jpeg.length - from);
        return file.toByteArray();
    }

    private static byte[] bomb(int width, int height) {
        return Photographs.png(width, height, 8, 2, new byte[1 + 3 * width], height);
    }

    private static byte[] textBomb() {
        byte[] packed = Photographs.packed(new byte[1_000_000], 30);
        return joined("name\0\0".getBytes(StandardCharsets.ISO_8859_1), packed);
    }

    private static byte[] loop() {
        byte[] notes = Photographs.exif(6);
        ByteBuffer.wrap(notes).order(java.nio.ByteOrder.LITTLE_ENDIAN).putInt(6 + 46, 8);
        return notes;
    }

    private static byte[] far() {
        byte[] notes = Photographs.exif(6);
        ByteBuffer.wrap(notes).order(java.nio.ByteOrder.LITTLE_ENDIAN).putInt(6 + 4, 0x7FFFFFF0);
        return notes;
    }

    private static byte[] crowd() {
        byte[] notes = Photographs.exif(6);
        notes[14] = -1;
        notes[15] = -1;
        return notes;
    }

    private static byte[] noise(byte[] bytes) {
        byte[] noise = bytes.clone();
        new java.util.Random(3).nextBytes(noise);
        System.arraycopy(bytes, 0, noise, 0, 132);
        return noise;
    }

    private static byte[] spoilt(byte[] jpeg) {
        byte[] file = jpeg.clone();
        Arrays.fill(file, jpeg.length / 2, jpeg.length / 2 + 64, (byte) 0x5A);
        return file;
    }

    private static byte[] changed(byte[] file, int at, int value) {
        byte[] changed = file.clone();
        changed[at] = (byte) value;
        return changed;
    }

    private static byte[] ended(byte[] jpeg) {
        return joined(jpeg, new byte[] {(byte) 0xFF, (byte) 0xD9});
    }

    private static byte[] joined(byte[] first, byte[] second) {
        byte[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }

    private static byte[] filled(int length, int value) {
        byte[] bytes = new byte[length];
        Arrays.fill(bytes, (byte) value);
        return bytes;
    }

    private static byte[] elf() {
        return new byte[] {0x7F, 'E', 'L', 'F', 2, 1, 1, 0};
    }

    private static byte[] movingGif() {
        return Base64.getDecoder()
                .decode("R0lGODlhAQABAIAAAAAAAP///yH/C05FVFNDQVBFMi4wAwEAAAAh+QQACgAAACwAAAAAAQABAAACAkQBADs=");
    }
}
