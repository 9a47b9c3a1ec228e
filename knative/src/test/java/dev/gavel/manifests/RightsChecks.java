package dev.gavel.manifests;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// What our pods may do in the cluster: nothing.
final class RightsChecks {

    private static final Set<String> RIGHTS = Set.of("Role", "RoleBinding", "ClusterRole", "ClusterRoleBinding");
    private static final String LEVEL = "/metadata/labels/pod-security.kubernetes.io~1";

    private RightsChecks() {}

    static List<String> none(Tree tree, List<Declared> useCases) {
        List<String> problems = new ArrayList<>();
        for (Document document : tree.documents()) {
            if (RIGHTS.contains(document.kind())) {
                problems.add(document.where() + " gives rights that nothing of ours uses");
            }
            if (document.kind().equals("ServiceAccount")
                    && !document.text("/automountServiceAccountToken").equals("false")) {
                problems.add(document.where() + " must say automountServiceAccountToken: false");
            }
        }
        for (String level : List.of("enforce", "warn", "audit")) {
            if (tree.find("Namespace", FileChecks.NAMESPACE)
                    .filter(namespace -> namespace.text(LEVEL + level).equals("restricted"))
                    .isEmpty()) {
                problems.add("the Namespace must " + level + " the level restricted");
            }
        }
        return problems;
    }

    /// A tag that moves is for where a surprise does not matter.
    static List<String> images(Tree tree, List<Declared> useCases) {
        List<String> problems = new ArrayList<>();
        for (Document workload : tree.workloads()) {
            String image = workload.text(ServiceChecks.CONTAINER + "/image");
            String release = tree.small() ? ".+:[\\w.-]+" : ".+(:\\d+\\.\\d+\\.\\d+[\\w.-]*|@sha256:[0-9a-f]{64})";
            if (!image.matches(release) || image.endsWith(":latest")) {
                problems.add(workload.where() + " must run a release, by number or digest, not " + image);
            }
        }
        return problems;
    }

    /// How a canary shares requests with what runs.
    static List<String> traffic(Tree tree, List<Declared> useCases) {
        List<String> problems = new ArrayList<>();
        for (Document service : tree.services()) {
            List<String> tags = new ArrayList<>();
            int percent = 0;
            for (var share : service.content().at("/spec/traffic")) {
                percent += share.path("percent").asInt(0);
                String tag = share.path("tag").asString("");
                String revision = share.path("revisionName").asString("");
                boolean latest = share.path("latestRevision").asBoolean(false);
                if (latest == revision.startsWith(service.name() + "-")) {
                    problems.add(service.where() + " must give each share to the latest revision or to one of its own,"
                            + " not to " + revision);
                }
                if (!tag.matches("[a-z][a-z0-9-]*") || tags.contains(tag)) {
                    problems.add(service.where() + " must give each share a tag of its own, so that it has an address");
                }
                tags.add(tag);
            }
            if (!tags.isEmpty() && percent != 100) {
                problems.add(service.where() + " shares " + percent + " % of its requests, not 100");
            }
        }
        return problems;
    }
}
