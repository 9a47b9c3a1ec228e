package dev.gavel.simulators;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// What a browser sees of the mailbox. Mails are from strangers: nothing in them runs or is fetched.
final class MailPages {

    private static final String PAGE_POLICY =
            "default-src 'none'; style-src 'unsafe-inline'; frame-src 'self'; base-uri 'none'; form-action 'none';"
                    + " frame-ancestors 'none'";
    private static final String LETTER_POLICY =
            "sandbox allow-popups allow-popups-to-escape-sandbox; default-src 'none'; style-src 'unsafe-inline';"
                    + " img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'self'";
    private static final DateTimeFormatter WHEN =
            DateTimeFormatter.ofPattern("M월 d일 HH:mm:ss", Locale.KOREAN).withZone(ZoneId.of("Asia/Seoul"));
    private static final Pattern LINK = Pattern.compile("https?://[^\\s<>\"'&]+(?:&amp;[^\\s<>\"'&]+)*");
    private static final Pattern PLACE = Pattern.compile("/messages/([0-9]{1,9})(/html)?");

    private final Supplier<List<Letter>> newestFirst;
    private final Supplier<String> counts;

    MailPages(Supplier<List<Letter>> newestFirst, Supplier<String> counts) {
        this.newestFirst = newestFirst;
        this.counts = counts;
    }

    void serve(HttpExchange http) throws IOException {
        String path = http.getRequestURI().getPath();
        Matcher place = PLACE.matcher(path);
        http.getResponseHeaders().set("content-security-policy", PAGE_POLICY);
        if (!http.getRequestMethod().equals("GET")) {
            Web.send(http, 405, Web.HTML, page("405", "<p>읽기만 할 수 있습니다. · Read only.</p>"));
        } else if (path.equals("/")) {
            Web.send(http, 200, Web.HTML, list());
        } else if (path.equals("/counts")) {
            Web.send(http, 200, Web.JSON, counts.get());
        } else if (path.equals("/messages")) {
            String letters = newestFirst.get().stream().map(Letter::json).collect(Collectors.joining(",\n"));
            Web.send(http, 200, Web.JSON, "[" + letters + "]\n");
        } else if (place.matches() && find(Integer.parseInt(place.group(1))).isPresent()) {
            Letter letter = find(Integer.parseInt(place.group(1))).get();
            if (place.group(2) == null) {
                Web.send(http, 200, Web.HTML, page(letter.subject(), shown(letter)));
            } else {
                http.getResponseHeaders().set("content-security-policy", LETTER_POLICY);
                Web.send(http, 200, Web.HTML, "<!doctype html><base target=\"_blank\">" + letter.html());
            }
        } else {
            Web.send(http, 404, Web.HTML, page("404", "<p>그런 편지는 없습니다. · There is no such mail.</p>"));
        }
    }

    private Optional<Letter> find(int number) {
        return newestFirst.get().stream()
                .filter(letter -> letter.number() == number)
                .findAny();
    }

    private String list() {
        List<Letter> letters = newestFirst.get();
        if (letters.isEmpty()) {
            return page("받은 편지함", "<p>아직 편지가 없습니다. · No mail yet.</p>");
        }
        String rows = letters.stream()
                .map(letter -> """
                        <tr><td>%s<td>%s<td><a href="/messages/%d">%s</a><td>%d
                        """.formatted(
                                WHEN.format(letter.at()),
                                escaped(String.join(", ", letter.to())),
                                letter.number(),
                                escaped(letter.subject().isBlank() ? "(제목 없음)" : letter.subject()),
                                letter.times()))
                .collect(Collectors.joining());
        return page(
                "받은 편지함",
                "<table><thead><tr><th scope=\"col\">받은 때<th scope=\"col\">받는 사람<th scope=\"col\">제목"
                        + "<th scope=\"col\">온 횟수</thead>\n<tbody>" + rows + "</table>");
    }

    private static String shown(Letter letter) {
        String html = letter.html().isEmpty() ? "" : """
                <h2>HTML</h2>
                <iframe title="HTML" sandbox="allow-popups allow-popups-to-escape-sandbox" src="/messages/%d/html">
                </iframe>
                """.formatted(letter.number());
        return """
                <p><a href="/">← 받은 편지함</a></p>
                <dl><dt>보낸 사람<dd>%s<dt>받는 사람<dd>%s<dt>받은 때<dd>%s<dt>온 횟수<dd>%d<dt>Message-ID<dd>%s</dl>
                <h2>글 · Text</h2>
                <pre>%s</pre>
                %s""".formatted(
                        escaped(letter.from()),
                        escaped(String.join(", ", letter.to())),
                        WHEN.format(letter.at()),
                        letter.times(),
                        escaped(letter.messageId()),
                        LINK.matcher(escaped(letter.text()))
                                .replaceAll("<a href=\"$0\" target=\"_blank\" rel=\"noopener noreferrer\">$0</a>"),
                        html);
    }

    private static String page(String title, String content) {
        return """
                <!doctype html>
                <html lang="ko">
                <meta charset="utf-8">
                <meta name="viewport" content="width=device-width">
                <title>%1$s · Gavel 편지함</title>
                <style>
                  body { font: 16px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 60rem; padding: 0 1rem }
                  table { border-collapse: collapse; width: 100%% }
                  th, td { border-bottom: 1px solid #ccc; padding: .4rem; text-align: left; overflow-wrap: anywhere }
                  dt { color: #555 } dd { margin: 0 0 .4rem; overflow-wrap: anywhere }
                  pre { white-space: pre-wrap; overflow-wrap: anywhere; background: #f5f5f5; padding: 1rem }
                  iframe { width: 100%%; height: 30rem; border: 1px solid #ccc }
                </style>
                <h1>%1$s</h1>
                %2$s
                </html>
                """.formatted(escaped(title), content);
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }
}
