package dev.gavel.runtime;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.tools.ToolProvider;
import org.springframework.aot.generate.ClassNameGenerator;
import org.springframework.aot.generate.DefaultGenerationContext;
import org.springframework.aot.generate.GeneratedFiles.Kind;
import org.springframework.aot.generate.InMemoryGeneratedFiles;
import org.springframework.context.aot.ApplicationContextAotGenerator;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.io.InputStreamSource;
import org.springframework.javapoet.ClassName;

/// Turns a wiring into plain code while its context is built, so that no annotation is read when a
/// function starts: what Spring calls processing ahead of time. [FunctionContext] takes the result
/// where it is there.
final class AheadOfTime {

    private AheadOfTime() {}

    /// `WIRING SOURCES CLASSES`: a configuration class, a folder for the code, and where it is
    /// compiled to, beside the classes it is made from. What would be the same is left as it is, and
    /// nothing is built again because of it. Exits with 1 when it cannot be.
    public static void main(String[] line) throws Exception {
        Path sources = Path.of(line[1]);
        Path classes = Path.of(line[2]);
        List<Path> changed = new ArrayList<>();
        List<String> all = new ArrayList<>();
        for (Map.Entry<String, String> file : code(Class.forName(line[0])).entrySet()) {
            Path source = sources.resolve(file.getKey());
            Path compiled = classes.resolve(file.getKey().replaceAll("java$", "class"));
            all.add(source.toString());
            if (!Files.exists(compiled)
                    || !Files.exists(source)
                    || !Files.readString(source).equals(file.getValue())) {
                Files.createDirectories(source.getParent());
                Files.writeString(source, file.getValue());
                changed.add(source);
            }
        }
        if (!changed.isEmpty() && !compiled(all, classes)) {
            System.exit(1);
        }
    }

    private static boolean compiled(List<String> sources, Path classes) {
        List<String> words =
                new ArrayList<>(List.of("-nowarn", "-proc:none", "--release", "25", "-d", classes.toString(), "-cp"));
        words.add(System.getProperty("java.class.path"));
        words.addAll(sources);
        return ToolProvider.getSystemJavaCompiler().run(null, null, null, words.toArray(String[]::new)) == 0;
    }

    /// The sources by their path.
    private static Map<String, String> code(Class<?> wiring) throws IOException {
        InMemoryGeneratedFiles files = new InMemoryGeneratedFiles();
        DefaultGenerationContext generation =
                new DefaultGenerationContext(new ClassNameGenerator(ClassName.get(wiring)), files);
        try (GenericApplicationContext context = new GenericApplicationContext()) {
            FunctionContext.read(context, Settings.of(Map.of()), new Measures(), wiring);
            new ApplicationContextAotGenerator().processAheadOfTime(context, generation);
            generation.writeGeneratedContent();
        }
        Map<String, String> code = new TreeMap<>();
        for (Map.Entry<String, InputStreamSource> file :
                files.getGeneratedFiles(Kind.SOURCE).entrySet()) {
            try (var text = file.getValue().getInputStream()) {
                code.put(file.getKey(), new String(text.readAllBytes(), StandardCharsets.UTF_8));
            }
        }
        return code;
    }
}
