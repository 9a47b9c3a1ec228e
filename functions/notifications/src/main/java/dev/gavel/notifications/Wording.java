package dev.gavel.notifications;

import dev.gavel.kernel.Money;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Says notices in words, from the templates in `ko.properties` and `en.properties`.
final class Wording {

    private static final Pattern PLACE = Pattern.compile("\\{([a-z]+)}");
    /// What phones in Korea show without fail; other letters cost a message or come out as question marks.
    private static final Pattern UNSAFE = Pattern.compile("[^\\x20-\\x7E가-힣ㄱ-ㅎㅏ-ㅣ]");
    private static final Map<Language, Wording> ALL = new EnumMap<>(Language.class);

    static {
        for (Language language : Language.values()) {
            ALL.put(language, new Wording(language));
        }
    }

    private final Language language;
    private final Properties templates = new Properties();

    private Wording(Language language) {
        this.language = language;
        String name = language.tag() + ".properties";
        try (Reader resource = new InputStreamReader(
                Objects.requireNonNull(Wording.class.getResourceAsStream(name), name), StandardCharsets.UTF_8)) {
            templates.load(resource);
        } catch (IOException trouble) {
            throw new UncheckedIOException(trouble);
        }
    }

    static Wording in(Language language) {
        return Objects.requireNonNull(ALL.get(language));
    }

    String title(Notice notice) {
        return template(notice.content().template() + ".title");
    }

    /// One or two sentences for the inbox, a push or an e-mail.
    String text(Notice notice, ZoneId zone) {
        return filled(notice, ".text", thing(notice.title()), zone);
    }

    /// A text message of at most 90 bytes when shortening the title can make it so.
    String shortText(Notice notice, ZoneId zone) {
        Function<@Nullable String, String> message = title -> UNSAFE.matcher(
                        filled(notice, ".sms", thing(title), zone).replace("₩", "KRW "))
                .replaceAll("");
        String title = notice.title() == null
                ? null
                : UNSAFE.matcher(notice.title()).replaceAll("").strip();
        String text = message.apply(title);
        for (int length = title == null ? 0 : title.length() - 1; length > 2 && bytes(text) > SHORT; length--) {
            text = message.apply(
                    Objects.requireNonNull(title).substring(0, length).strip() + "..");
        }
        return bytes(text) > SHORT ? message.apply(null) : text;
    }

    /// What one text message holds in Korea.
    static final int SHORT = 90;

    /// The bytes of a text in the encoding of Korean text messages, EUC-KR: two for all that is not ASCII.
    static int bytes(String text) {
        return text.codePoints().map(letter -> letter < 0x80 ? 1 : 2).sum();
    }

    String code(String code) {
        return template("code.sms").replace("{code}", code);
    }

    /// A whole page that needs nothing from elsewhere.
    String html(Notice notice, ZoneId zone, String address) {
        return """
                <!doctype html><html lang="%s"><head><meta charset="utf-8"><title>%s</title></head>
                <body style="font-family:sans-serif;line-height:1.6;max-width:36em;margin:2em auto;padding:0 1em">
                <h1 style="font-size:1.3em">%s</h1><p>%s</p><p><a href="%s">%s</a></p>
                <p style="color:#666;font-size:.85em">%s</p></body></html>
                """.formatted(
                        language.tag(),
                        escaped(title(notice)),
                        escaped(title(notice)),
                        escaped(text(notice, zone)),
                        escaped(address),
                        escaped(template("open")),
                        escaped(template("sign-off")));
    }

    String plain(Notice notice, ZoneId zone, String address) {
        return text(notice, zone) + "\n\n" + address + "\n\n-- \n" + template("sign-off") + "\n";
    }

    private String filled(Notice notice, String part, String thing, ZoneId zone) {
        Map<String, Object> places = notice.content().places();
        return PLACE.matcher(template(notice.content().template() + part))
                .replaceAll(place -> Matcher.quoteReplacement(
                        place.group(1).equals("thing")
                                ? thing
                                : said(Objects.requireNonNull(places.get(place.group(1)), place.group()), zone)));
    }

    private String thing(@Nullable String title) {
        return title == null || title.isEmpty() ? template("thing") : title;
    }

    private String said(Object value, ZoneId zone) {
        return switch (value) {
            case Money money -> amount(money);
            case Instant time -> date(time, zone);
            default -> value.toString();
        };
    }

    private String amount(Money money) {
        String number = money.amount();
        int point = number.indexOf('.');
        String whole = point < 0 ? number : number.substring(0, point);
        String grouped = whole.replaceAll("(?<=\\d)(?=(\\d{3})+$)", ",") + (point < 0 ? "" : number.substring(point));
        String currency = money.currency().getCurrencyCode();
        if (!currency.equals("KRW")) {
            return grouped + " " + currency;
        }
        return language == Language.KO ? grouped + "원" : "₩" + grouped;
    }

    private String date(Instant time, ZoneId zone) {
        String pattern = language == Language.KO ? "M월 d일 HH:mm" : "MMM d, HH:mm";
        return DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH).format(time.atZone(zone));
    }

    private String template(String key) {
        return Objects.requireNonNull(templates.getProperty(key), key);
    }

    static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }
}
