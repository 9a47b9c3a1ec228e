package dev.gavel.manifests;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// Where things are and what they are called.
final class FileChecks {

    static final String NAMESPACE = "gavel";
    private static final String SCALERS = Tree.SCALERS + "/";
    private static final Set<String> WITHOUT_NAMESPACE = Set.of("Namespace", "GatewayClass", "Kustomization");

    private FileChecks() {}

    static List<String> place(Tree tree, List<Declared> useCases) {
        List<String> problems = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (Document document : tree.documents()) {
            String kind = document.kind();
            if (kind.isEmpty() || document.group().isEmpty()) {
                problems.add(document.file() + " has a document without apiVersion and kind");
                continue;
            }
            if (kind.equals("Kustomization")) {
                continue;
            }
            if (document.name().isEmpty() || !seen.add(document.group() + kind + document.name())) {
                problems.add(document.where() + " has no name or one that is taken");
            }
            if (!WITHOUT_NAMESPACE.contains(kind)
                    && !document.text("/metadata/namespace").equals(NAMESPACE)) {
                problems.add(document.where() + " must say namespace: " + NAMESPACE);
            }
            if (document.file().contains("/")
                    && !document.file().equals("gateway/gateway.yaml")
                    && !document.file().endsWith("/" + owner(document) + ".yaml")) {
                problems.add(document.where() + " belongs into a file of its name");
            }
        }
        for (String file : tree.texts().keySet()) {
            if ((file.startsWith("live/") || file.startsWith("relay/"))
                    && tree.all("Deployment").stream()
                                    .filter(deployment -> deployment.file().equals(file))
                                    .count()
                            != 1) {
                problems.add(file + " must hold exactly one Deployment");
            }
            if (file.startsWith("functions/")
                    && tree.services().stream()
                                    .filter(service -> service.file().equals(file))
                                    .count()
                            != 1) {
                problems.add(file + " must hold exactly one Service");
            }
        }
        return problems;
    }

    /// Whose file it belongs into. A use case with a Trigger on more than one Broker has the Brokers' names in
    /// those of its Triggers.
    private static String owner(Document document) {
        String end = "-" + document.text("/spec/broker");
        return document.kind().equals("Trigger") && document.name().endsWith(end)
                ? document.name().substring(0, document.name().length() - end.length())
                : document.name();
    }

    static List<String> comments(Tree tree, List<Declared> useCases) {
        return tree.texts().entrySet().stream()
                .filter(file -> !file.getValue().startsWith("# "))
                .map(file -> file.getKey() + " must start with a comment that tells operators what it is and why its"
                        + " numbers are what they are")
                .toList();
    }

    static List<String> kustomization(Tree tree, List<Declared> useCases) {
        List<String> problems = new ArrayList<>();
        Set<String> files = new TreeSet<>(tree.texts().keySet());
        Set<String> scalers = new TreeSet<>();
        files.stream().filter(file -> file.startsWith(SCALERS)).forEach(scalers::add);
        files.removeAll(scalers);
        complete(tree, "", files, problems);
        complete(tree, SCALERS, scalers, problems);
        return problems;
    }

    /// Compares what the kustomization of a folder lists with the files it is for.
    private static void complete(Tree tree, String folder, Set<String> files, List<String> problems) {
        String kustomization = folder + "kustomization.yaml";
        files.remove(kustomization);
        Set<String> listed = new TreeSet<>();
        for (Document document : tree.all("Kustomization")) {
            if (document.file().equals(kustomization)) {
                document.content().path("resources").forEach(file -> {
                    if (!listed.add(folder + file.asString())) {
                        problems.add(kustomization + " lists " + folder + file.asString() + " twice");
                    }
                });
            }
        }
        files.stream()
                .filter(file -> !listed.contains(file))
                .forEach(file -> problems.add(kustomization + " does not list " + file));
        listed.stream()
                .filter(file -> !files.contains(file))
                .forEach(file -> problems.add(kustomization + " lists " + file + ", which is not there"));
    }
}
