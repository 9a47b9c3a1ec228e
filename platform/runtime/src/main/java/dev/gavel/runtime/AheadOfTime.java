package dev.gavel.runtime;

import java.io.IOException;
import java.lang.invoke.MethodType;
import java.lang.reflect.Modifier;
import java.lang.reflect.Type;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.springframework.aot.generate.ClassNameGenerator;
import org.springframework.aot.generate.DefaultGenerationContext;
import org.springframework.aot.generate.GeneratedFiles.Kind;
import org.springframework.aot.generate.InMemoryGeneratedFiles;
import org.springframework.beans.factory.aot.AotServices;
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
        List<String> ahead;
        InMemoryGeneratedFiles files = new InMemoryGeneratedFiles();
        DefaultGenerationContext generation =
                new DefaultGenerationContext(new ClassNameGenerator(ClassName.get(wiring)), files);
        try (GenericApplicationContext context = new GenericApplicationContext()) {
            context.setClassLoader(new WithoutBoot());
            Settings settings = Settings.of(Map.of());
            FunctionContext.read(context, settings, new Measures(), new JwksKeys(settings, Log.of(settings)), wiring);
            new ApplicationContextAotGenerator().processAheadOfTime(context, generation);
            generation.writeGeneratedContent();
            ahead = Stream.of(context.getBeanNamesForType(Ahead.class, true, false))
                    .map(name ->
                            Objects.requireNonNull(context.getType(name, false)).getCanonicalName())
                    .toList();
        }
        Map<String, String> code = new TreeMap<>();
        for (Map.Entry<String, InputStreamSource> file :
                files.getGeneratedFiles(Kind.SOURCE).entrySet()) {
            try (var text = file.getValue().getInputStream()) {
                code.put(file.getKey(), new String(text.readAllBytes(), StandardCharsets.UTF_8));
            }
        }
        code.put(wiring.getName().replace('.', '/') + Generated.CATALOGUE + ".java", catalogue(wiring, ahead));
        return code;
    }

    /// Leaves out what Spring Cloud Function adds to such code, as it is for functions in an application of Boot, which
    /// is not even there.
    private static final class WithoutBoot extends ClassLoader {

        WithoutBoot() {
            super(AheadOfTime.class.getClassLoader());
        }

        @Override
        public Enumeration<URL> getResources(String name) throws IOException {
            List<URL> found = Collections.list(super.getResources(name));
            found.removeIf(place -> name.equals(AotServices.FACTORIES_RESOURCE_LOCATION)
                    && place.getPath().contains("/spring-cloud-function-context"));
            return Collections.enumeration(found);
        }
    }

    /// The source of [Catalogue.Declarations].
    private static String catalogue(Class<?> wiring, List<String> ahead) {
        List<Catalogue.Entry> all = Catalogue.of(wiring).useCases();
        StringBuilder source = new StringBuilder("package " + wiring.getPackageName() + ";\n\n")
                .append("public final class " + wiring.getSimpleName() + Generated.CATALOGUE)
                .append(" implements dev.gavel.runtime.Catalogue.Declarations {\n\n")
                .append("    @Override\n    public java.util.Set<String> names() {\n        return java.util.Set.of(")
                .append(all.stream().map(entry -> quoted(entry.bean())).collect(Collectors.joining(", ")))
                .append(");\n    }\n\n    @Override\n")
                .append("    public dev.gavel.runtime.Catalogue.Entry entry(String name) {\n")
                .append("        return switch (name) {\n");
        for (Catalogue.Entry entry : all) {
            source.append("            case " + quoted(entry.bean()) + " -> " + literal(entry, wiring) + ";\n");
        }
        source.append(
                        "            default -> null;\n        };\n    }\n\n    @Override\n    @SuppressWarnings(\"unchecked\")\n")
                .append("    public dev.gavel.runtime.Form form(String name) {\n        return switch (name) {\n");
        for (Catalogue.Entry entry : all) {
            if (entry.http().isPresent() && entry.command() instanceof Class<?> command && written(command, wiring)) {
                source.append(
                        "            case " + quoted(entry.bean()) + " -> " + form(entry.bean(), command) + ";\n");
            }
        }
        return source.append("            default -> null;\n        };\n    }\n\n    @Override\n")
                .append(
                        "    public java.util.List<dev.gavel.runtime.Ahead<?>> ahead() {\n        return java.util.List.of(")
                .append(ahead.stream().map(each -> "new " + each + "()").collect(Collectors.joining(", ")))
                .append(");\n    }\n}\n")
                .toString();
    }

    private static boolean written(Class<?> command, Class<?> wiring) {
        return command.isRecord()
                && visible(command, wiring)
                && Stream.of(command.getRecordComponents()).allMatch(part -> visible(part.getType(), wiring));
    }

    private static String form(String bean, Class<?> command) {
        List<String> parts = new ArrayList<>();
        List<String> values = new ArrayList<>();
        for (Form.Part part : Form.of(bean, command).parts()) {
            String type = part.type().getCanonicalName();
            parts.add("new dev.gavel.runtime.Form.Part("
                    + String.join(
                            ", ",
                            quoted(part.name()),
                            Boolean.toString(part.optional()),
                            type + ".class",
                            part.id() == null ? "null" : type + "::new")
                    + ")");
            values.add("(" + boxed(part.type()).getCanonicalName() + ") values[" + values.size() + "]");
        }
        return "new dev.gavel.runtime.Form(" + command.getCanonicalName() + ".class, java.util.List.of("
                + String.join(", ", parts) + "), values -> new " + command.getCanonicalName() + "("
                + String.join(", ", values) + "))";
    }

    private static Class<?> boxed(Class<?> type) {
        return MethodType.methodType(type).wrap().returnType();
    }

    private static String literal(Catalogue.Entry entry, Class<?> wiring) {
        return "new dev.gavel.runtime.Catalogue.Entry("
                + String.join(
                        ", ",
                        quoted(entry.bean()),
                        quoted(entry.service()),
                        entry.wiring().getCanonicalName() + ".class",
                        entry.useCase().getCanonicalName() + ".class",
                        literal(entry, entry.command(), 0, wiring),
                        literal(entry, entry.answer(), 1, wiring),
                        entry.http().map(AheadOfTime::literal).orElse("java.util.Optional.empty()"),
                        entry.events().stream()
                                .map(event -> event.getCanonicalName() + ".class")
                                .collect(Collectors.joining(", ", "java.util.List.of(", ")")),
                        Boolean.toString(entry.tick()),
                        Boolean.toString(entry.anyEvent()))
                + ")";
    }

    private static String literal(Catalogue.Resource route) {
        return "java.util.Optional.of(new dev.gavel.runtime.Catalogue.Resource("
                + String.join(
                        ", ",
                        quoted(route.method()),
                        quoted(route.path()),
                        HttpRoute.Access.class.getCanonicalName() + "." + route.access(),
                        HttpRoute.Repeats.class.getCanonicalName() + "." + route.repeats(),
                        Integer.toString(route.success()),
                        Integer.toString(route.cacheSeconds()))
                + "))";
    }

    private static String literal(Catalogue.Entry entry, Type type, int which, Class<?> wiring) {
        return type instanceof Class<?> plain && visible(plain, wiring)
                ? plain.getCanonicalName() + ".class"
                : "dev.gavel.runtime.Catalogue.Declarations.generic("
                        + entry.wiring().getCanonicalName() + ".class, " + quoted(entry.bean()) + ", " + which + ")";
    }

    private static boolean visible(Class<?> type, Class<?> wiring) {
        boolean near = type.getPackageName().equals(wiring.getPackageName());
        for (Class<?> each = type; each != null; each = each.getEnclosingClass()) {
            if (Modifier.isPrivate(each.getModifiers()) || !near && !Modifier.isPublic(each.getModifiers())) {
                return false;
            }
        }
        return true;
    }

    private static String quoted(String text) {
        return '"' + text + '"';
    }
}
