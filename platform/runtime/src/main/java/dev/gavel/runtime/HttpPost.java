package dev.gavel.runtime;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.URI;
import java.time.Duration;
import java.util.Map;

/// Posts to servers of the same cluster, between which and us nobody stands, over connections that are kept. The JDK's
/// old client does this: the client of AWS uses it too, so that a function that starts has only one to load.
/// Whoever interrupts a virtual thread that waits for an answer breaks it off. When a kept connection turns out to be
/// broken the request is sent again on another, so a server may get it twice and must know it by its id.
public final class HttpPost {

    private static final int LONGEST_ANSWER = 64 * 1024;
    private static final Duration CONNECTING = Duration.ofSeconds(2);

    private HttpPost() {}

    /// @param timeout how long the server may take to answer; connecting may take 2 seconds of it
    /// @return the status; what else the answer says is passed over
    /// @throws IOException when there is no answer in time
    static int send(URI address, Map<String, String> headers, byte[] body, Duration timeout) throws IOException {
        keepConnections();
        HttpURLConnection connection = (HttpURLConnection) address.toURL().openConnection(Proxy.NO_PROXY);
        connection.setConnectTimeout(millis(timeout.compareTo(CONNECTING) < 0 ? timeout : CONNECTING));
        connection.setReadTimeout(millis(timeout));
        connection.setInstanceFollowRedirects(false);
        connection.setUseCaches(false);
        connection.setRequestMethod("POST");
        connection.setDoOutput(true);
        headers.forEach(connection::setRequestProperty);
        try (OutputStream out = connection.getOutputStream()) {
            out.write(body);
        }
        int status = connection.getResponseCode();
        try (InputStream answer = status < 400 ? connection.getInputStream() : connection.getErrorStream()) {
            // Only a connection whose answer was read to its end is used again.
            if (answer != null && answer.readNBytes(LONGEST_ANSWER).length == LONGEST_ANSWER) {
                connection.disconnect();
            }
        }
        return status;
    }

    /// The JDK keeps only 5 idle connections to a server unless told so before the first one is opened; with more
    /// callers than that, most requests would pay for a new connection. What the command line says wins.
    public static void keepConnections() {
        setUnlessSet("http.maxConnections", "256");
        setUnlessSet("http.keepAlive.time.server", "20");
    }

    private static void setUnlessSet(String property, String value) {
        if (System.getProperty(property) == null) {
            System.setProperty(property, value);
        }
    }

    private static int millis(Duration time) {
        return Math.toIntExact(time.toMillis());
    }
}
