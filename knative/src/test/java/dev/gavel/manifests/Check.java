package dev.gavel.manifests;

import java.util.List;
import java.util.Locale;
import java.util.function.BiFunction;

/// Everything manifests are held to. Each check returns one sentence for each thing that is wrong, and each
/// has samples under `src/test/resources/broken/` that it must reject.
enum Check {
    FILES_ARE_IN_PLACE(FileChecks::place),
    FILES_EXPLAIN_THEMSELVES(FileChecks::comments),
    KUSTOMIZATION_IS_COMPLETE(FileChecks::kustomization),
    SERVICES_ARE_THE_USE_CASES(ServiceChecks::useCases),
    SERVICES_ARE_CONFINED(ServiceChecks::confinement),
    SERVICES_SCALE_WITHIN_LIMITS(ServiceChecks::scale),
    ROUTES_ARE_THE_DECLARED_ONES(RouteChecks::declared),
    ROUTES_NEVER_OVERLAP(RouteChecks::overlap),
    ROUTES_REACH_THEIR_SERVICE(RouteChecks::reach),
    TRIGGERS_ARE_THE_DECLARED_EVENTS(EventChecks::triggers),
    PING_SOURCES_ARE_THE_TICKS(EventChecks::pingSources),
    DELIVERIES_ARE_BOUNDED(BrokerChecks::deliveries),
    BROKERS_KEEP_EVENTS(BrokerChecks::brokers),
    DEPLOYMENTS_ARE_REACHED(DeploymentChecks::reach),
    DEPLOYMENTS_STOP_GENTLY(DeploymentChecks::stop),
    DEPLOYMENTS_HAVE_THEIR_SETTINGS(SettingChecks::settings),
    SCALERS_HAVE_A_TARGET(ScalerChecks::target),
    SCALERS_STAY_WITHIN_LIMITS(ScalerChecks::limits),
    ANNOTATIONS_ARE_READ(AnnotationChecks::known),
    ENVIRONMENTS_SAY_ONE_THING(EnvironmentChecks::settings),
    EXTERNAL_SECRETS_ARE_THE_WANTED_ONES(SecretChecks::external),
    NOTHING_SECRET_IS_IN_CLEAR(SecretChecks::clear),
    PODS_HAVE_NO_RIGHTS(RightsChecks::none),
    IMAGES_ARE_RELEASES(RightsChecks::images),
    TRAFFIC_ADDS_UP(RightsChecks::traffic),
    NETWORK_POLICIES_LET_THROUGH_WHAT_IS_NEEDED(NetworkChecks::policies),
    EVENT_POLICIES_ARE_THE_PUBLISHERS(PublisherChecks::policies),
    PLUGINS_ARE_THE_WANTED_ONES(PluginChecks::plugins),
    MESH_KNOWS_THE_CALLERS(MeshChecks::callers),
    OUTSIDE_CALLS_BREAK_CIRCUITS(MeshChecks::circuits);

    private final BiFunction<Tree, List<Declared>, List<String>> check;

    Check(BiFunction<Tree, List<Declared>, List<String>> check) {
        this.check = check;
    }

    List<String> problems(Tree tree, List<Declared> useCases) {
        return check.apply(tree, useCases);
    }

    String folder() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
