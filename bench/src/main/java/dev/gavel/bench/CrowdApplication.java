package dev.gavel.bench;

import dev.gavel.events.Json;
import io.netty.channel.EventLoopGroup;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/// All clients of the fan-out benchmark in a JVM of their own: does what the lines on a connection say and answers each
/// with one line of JSON, until the connection ends.
public final class CrowdApplication {

    private final Map<String, Crowd> crowds = new HashMap<>();
    private final EventLoopGroup loops;

    private CrowdApplication(int threads) {
        this.loops = Crowd.loops(threads);
    }

    /// @param arguments the port to connect to, and the number of event loops
    public static void main(String[] arguments) throws IOException, InterruptedException {
        CrowdApplication application = new CrowdApplication(Integer.parseInt(arguments[1]));
        try (Socket control = new Socket(InetAddress.getLoopbackAddress(), Integer.parseInt(arguments[0]));
                BufferedReader lines =
                        new BufferedReader(new InputStreamReader(control.getInputStream(), StandardCharsets.UTF_8));
                PrintStream answers = new PrintStream(control.getOutputStream(), true, StandardCharsets.UTF_8)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                answers.println(Json.MAPPER.writeValueAsString(application.answer(line.split(" "))));
            }
        }
        System.exit(0);
    }

    /// What one line asked for.
    ///
    /// @param failure what went wrong; empty when nothing
    record Answer(String failure, Crowd.Report report) {}

    private Answer answer(String[] words) throws InterruptedException {
        try {
            return new Answer("", obey(words));
        } catch (IllegalStateException e) {
            return new Answer(String.valueOf(e.getMessage()), new Crowd.Report(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0));
        }
    }

    private Crowd.Report obey(String[] words) throws InterruptedException {
        String name = words[1];
        switch (words[0]) {
            case "prepare" ->
                crowds.put(name, new Crowd(loops, Dialect.valueOf(words[2]), URI.create(words[3]), words[4]));
            case "open" ->
                crowd(name).open(Integer.parseInt(words[2]), Integer.parseInt(words[3]), Long.parseLong(words[4]));
            case "await" -> {
                return crowd(name).await(Long.parseLong(words[2]), Duration.ofMillis(Long.parseLong(words[3])));
            }
            case "close" -> crowd(name).close();
            default -> throw new IllegalStateException(words[0] + " is not understood");
        }
        return crowd(name).report(0, false);
    }

    private Crowd crowd(String name) {
        Crowd crowd = crowds.get(name);
        if (crowd == null) {
            throw new IllegalStateException("there is no crowd " + name);
        }
        return crowd;
    }
}
