package dev.gavel.sagas;

import dev.gavel.kernel.Ids;
import dev.gavel.sagas.Fate.Death;
import dev.gavel.sagas.Fate.Effect;
import dev.gavel.sagas.Trade.Way;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// Plays every way a trade can go, once undisturbed and then once for every moment at which the process can die before
/// or after an effect, and compares all that is known in the end.
public final class Sagas {

    /// @param points how often the process was killed
    /// @param ok how often the end was that of the undisturbed run
    /// @param missed how often it was not, because the effect did not come again
    /// @param control how often it was not when the world outside forgot which requests are repetitions
    /// @param deliveries how many deliveries of facts there were in the runs in which each came 1 to 200 times
    /// @param wrong what was different, for the first of them
    public record Result(int points, int ok, int missed, int control, long deliveries, List<String> wrong) {

        boolean passed() {
            return points > 0 && points == ok && missed <= points / MOST_MISSED && control > 0 && wrong.isEmpty();
        }

        String line() {
            return "crash points=" + points + " ok=" + ok + " missed=" + missed + " control=" + control + " deliveries="
                    + deliveries;
        }
    }

    private static final int MOST_TOLD = 5;
    private static final int TOLD_EVERY = 50;
    /// One of so many effects may not come again.
    private static final int MOST_MISSED = 20;
    /// From here on it is a sample that has to be quick.
    private static final int SAMPLE = 20;

    private final Market market;
    private final Ids ids;
    private final PrintStream out;
    private final Set<Effect> tried = new HashSet<>();
    private final List<String> wrong = new ArrayList<>();
    private int points;
    private int ok;
    private int missed;
    private int control;

    private Sagas(Market market, PrintStream out) {
        this.market = market;
        this.out = out;
        this.ids = new Ids(market.clock, RandomGenerator.getDefault());
    }

    /// `--every N` tries one death of N, `--way NAME` those of one way only, `--manifests FOLDER` says where the
    /// platform's are. Exits with 1 when a run ended otherwise than undisturbed, or when the control found nothing.
    public static void main(String[] arguments) throws IOException {
        int every = 1;
        Path manifests = Path.of("knative");
        Set<Way> ways = EnumSet.allOf(Way.class);
        try {
            for (int i = 0; i < arguments.length; i += 2) {
                String value = i + 1 < arguments.length ? arguments[i + 1] : "";
                switch (arguments[i]) {
                    case "--every" -> every = Math.max(1, Integer.parseInt(value));
                    case "--way" ->
                        ways = EnumSet.of(
                                Way.valueOf(value.toUpperCase(Locale.ROOT).replace('-', '_')));
                    case "--manifests" -> manifests = Path.of(value);
                    default -> throw new IllegalArgumentException(arguments[i]);
                }
            }
        } catch (IllegalArgumentException _) {
            System.err.println("Give --every N, --manifests FOLDER, or --way with one of "
                    + Arrays.toString(Way.values()).toLowerCase(Locale.ROOT).replace('_', '-') + ".");
            System.exit(2);
        }
        Result result = run(manifests, System.getProperty("java.class.path"), every, ways, System.out);
        result.wrong().forEach(System.out::println);
        System.out.println(result.line());
        System.exit(result.passed() ? 0 : 1);
    }

    /// A sample of all deaths.
    ///
    /// @param classPath what the process under test needs
    /// @param every tries one death of so many
    public static Result run(Path manifests, String classPath, int every, PrintStream out) throws IOException {
        return run(manifests, classPath, every, EnumSet.allOf(Way.class), out);
    }

    private static Result run(Path manifests, String classPath, int every, Set<Way> ways, PrintStream out)
            throws IOException {
        try (Market market = new Market(manifests, classPath, Files.createTempDirectory("gavel-sagas-"))) {
            Sagas sagas = new Sagas(market, out);
            sagas.play(Way.CONFIRMED, (Death) null);
            market.trained();
            for (Way way : Way.values()) {
                sagas.play(way, every, ways.contains(way));
            }
            return new Result(
                    sagas.points, sagas.ok, sagas.missed, sagas.control, market.deliveries(), List.copyOf(sagas.wrong));
        }
    }

    private void play(Way way, int every, boolean dies) {
        String expected = play(way, (Death) null);
        List<Effect> effects = market.fate.effects();
        List<Effect> unseen = effects.stream().filter(tried::add).toList();
        List<Death> deaths = unseen.stream()
                .flatMap(effect -> market.fate.deaths(effect).stream())
                .toList();
        out.printf(
                "%s: %d effects, %d as in no way before, %d deaths%n",
                way, effects.size(), unseen.size(), deaths.size());
        out.println(expected.indent(2).stripTrailing());
        if (way == Way.CONFIRMED) {
            control(way, expected, effects);
        }
        if (!dies) {
            return;
        }
        if (way == Way.CONFIRMED || every < SAMPLE) {
            market.repeat(new Random(way.ordinal()));
            compare(way + " with each fact delivered 1 to 200 times", expected, play(way, (Death) null));
            market.repeat(null);
        }
        for (int next = way.ordinal() % every; next < deaths.size(); next += every) {
            if (points % TOLD_EVERY == 0) {
                out.println("after " + points + " deaths");
            }
            Death death = deaths.get(next);
            String ended = play(way, death);
            if (!market.fate.struck()) {
                ended = play(way, death);
            }
            String where = way + " killed " + (death.after() ? "after " : "before ") + death.effect();
            if (!market.fate.struck()) {
                missed++;
                out.println(where + " was not reached");
                continue;
            }
            points++;
            if (compare(where, expected, ended)) {
                ok++;
            }
        }
    }

    /// A bank that is not told which requests are repetitions must be seen to pay twice.
    private void control(Way way, String expected, List<Effect> effects) {
        market.forgetful(true);
        for (Effect effect : effects) {
            if (effect.name().contains("bank ")
                    && !play(way, new Death(effect.name(), true)).equals(expected)) {
                control++;
            }
        }
        market.forgetful(false);
        out.println("control: " + control + " runs ended otherwise when the bank forgot");
    }

    private String play(Way way, @Nullable Death death) {
        market.begin(death);
        try {
            return new Trade(market, ids, way).play();
        } catch (IllegalStateException stuck) {
            return "stuck: " + stuck.getMessage();
        }
    }

    private boolean compare(String what, String expected, String ended) {
        boolean same = expected.equals(ended);
        if (!same) {
            wrong(what + " ended\n" + ended.indent(2) + "and not\n" + expected.indent(2));
        }
        return same;
    }

    private void wrong(String what) {
        if (wrong.size() < MOST_TOLD) {
            wrong.add(what);
        }
        out.println(what);
    }
}
