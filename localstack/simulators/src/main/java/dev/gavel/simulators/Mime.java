package dev.gavel.simulators;

import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// As much of MIME (RFC 2045 to 2047) as it takes to show what a mail says. Header names are in lower case; `text`
/// and `html` are the first parts of those types, empty when there are none.
record Mime(Map<String, String> headers, String text, String html) {

    private static final int DEEPEST = 5;
    private static final Pattern BOUNDARY =
            Pattern.compile("boundary=(?:\"([^\"]+)\"|([^\\s;]+))", Pattern.CASE_INSENSITIVE);
    private static final Pattern CHARSET = Pattern.compile("charset=\"?([^\\s;\"]+)", Pattern.CASE_INSENSITIVE);
    private static final Pattern ENCODED_WORD = Pattern.compile("=\\?([^?*]+)(?:\\*[^?]*)?\\?([bBqQ])\\?([^?]*)\\?=");

    /// Reads a mail of which every byte is one character; what cannot be read is shown as it is.
    static Mime read(String mail) {
        return read(mail, 0);
    }

    private static Mime read(String part, int depth) {
        int end = part.indexOf("\r\n\r\n");
        Map<String, String> headers = headers(end < 0 ? part : part.substring(0, end));
        String body = end < 0 ? "" : part.substring(end + 4);
        String type = headers.getOrDefault("content-type", "text/plain");
        Matcher boundary = BOUNDARY.matcher(type);
        String kind = type.toLowerCase(Locale.ROOT);
        if (kind.startsWith("multipart/") && boundary.find() && depth < DEEPEST) {
            String mark = boundary.group(1) == null ? boundary.group(2) : boundary.group(1);
            return several(headers, ("\r\n" + body).split(Pattern.quote("\r\n--" + mark), -1), depth);
        }
        if (kind.startsWith("text/html")) {
            return new Mime(headers, "", decoded(headers, body));
        }
        return new Mime(headers, kind.startsWith("text/plain") ? decoded(headers, body) : "", "");
    }

    private static Mime several(Map<String, String> headers, String[] parts, int depth) {
        String text = "";
        String html = "";
        for (int i = 1; i < parts.length && !parts[i].startsWith("--"); i++) {
            Mime part = read(parts[i].replaceFirst("^[ \t]*\r\n", ""), depth + 1);
            text = text.isEmpty() ? part.text() : text;
            html = html.isEmpty() ? part.html() : html;
        }
        return new Mime(headers, text, html);
    }

    private static Map<String, String> headers(String lines) {
        Map<String, String> headers = new HashMap<>();
        for (String line : lines.replaceAll("\r\n[ \t]+", " ").split("\r\n")) {
            int colon = line.indexOf(':');
            if (colon > 0) {
                headers.putIfAbsent(
                        line.substring(0, colon).strip().toLowerCase(Locale.ROOT),
                        words(utf8(line.substring(colon + 1).strip())));
            }
        }
        return headers;
    }

    private static String words(String value) {
        // The blank between two encoded words belongs to neither.
        return ENCODED_WORD
                .matcher(value.replaceAll("\\?=\\s+=\\?", "?==?"))
                .replaceAll(word -> Matcher.quoteReplacement(new String(
                        word.group(2).equalsIgnoreCase("b")
                                ? base64(word.group(3))
                                : quotedPrintable(word.group(3).replace('_', ' ')),
                        charset(word.group(1)))));
    }

    private static String decoded(Map<String, String> headers, String body) {
        byte[] bytes = switch (headers.getOrDefault("content-transfer-encoding", "8bit")
                .toLowerCase(Locale.ROOT)) {
            case "base64" -> base64(body);
            case "quoted-printable" -> quotedPrintable(body.replaceAll("[ \t]*=[ \t]*\r\n", ""));
            default -> body.getBytes(StandardCharsets.ISO_8859_1);
        };
        Matcher charset = CHARSET.matcher(headers.getOrDefault("content-type", ""));
        return new String(bytes, charset(charset.find() ? charset.group(1) : "utf-8")).replace("\r\n", "\n");
    }

    private static byte[] base64(String text) {
        try {
            return Base64.getMimeDecoder().decode(text);
        } catch (IllegalArgumentException _) {
            return text.getBytes(StandardCharsets.ISO_8859_1);
        }
    }

    private static byte[] quotedPrintable(String text) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (int i = 0; i < text.length(); i++) {
            String code = text.charAt(i) == '=' ? text.substring(i + 1, Math.min(i + 3, text.length())) : "";
            if (code.matches("[0-9a-fA-F]{2}")) {
                bytes.write(Integer.parseInt(code, 16));
                i += 2;
            } else {
                bytes.write(text.charAt(i));
            }
        }
        return bytes.toByteArray();
    }

    private static Charset charset(String name) {
        try {
            return Charset.forName(name);
        } catch (IllegalArgumentException _) {
            return StandardCharsets.UTF_8;
        }
    }

    private static String utf8(String bytes) {
        return new String(bytes.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
    }
}
