package dev.gavel.localstack;

import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.web.server.PortInUseException;
import org.springframework.boot.web.server.reactive.context.ReactiveWebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;

/// The way in from outside, on the loopback address: Spring Cloud Gateway with the routes of the manifests.
final class Gateway implements AutoCloseable {

    private final ConfigurableApplicationContext context;

    private Gateway(ConfigurableApplicationContext context) {
        this.context = context;
    }

    /// @param port 0 picks a free one
    /// @param replay whether the headers of a replay are let through
    /// @param web the folder with the pages
    /// @param status what `GET /status` answers, asked at every request
    /// @param metrics what `GET /metrics` answers, asked at every request
    /// @param s3 where browsers upload pictures, once it is there
    record Options(
            int port,
            boolean replay,
            Path web,
            Supplier<Status> status,
            Supplier<String> metrics,
            Supplier<Optional<URI>> s3) {}

    /// Listens from the moment this returns; a function without an address is answered for with 503.
    ///
    /// @throws StartFailure when the port is in use
    static Gateway start(Options options, GatewayRoutes routes, FunctionAddresses addresses) {
        SpringApplication application = new SpringApplication(GatewayWiring.class);
        application.setWebApplicationType(WebApplicationType.REACTIVE);
        application.setRegisterShutdownHook(false);
        application.setLogStartupInfo(false);
        application.setDefaultProperties(Map.ofEntries(
                Map.entry("server.address", "127.0.0.1"),
                Map.entry("server.port", options.port()),
                Map.entry("server.shutdown", "graceful"),
                Map.entry("server.netty.idle-timeout", "60s"),
                Map.entry("spring.lifecycle.timeout-per-shutdown-phase", "5s"),
                Map.entry("spring.main.banner-mode", "off")));
        application.addInitializers(context -> {
            var beans = context.getBeanFactory();
            beans.registerSingleton("gatewayOptions", options);
            beans.registerSingleton("gatewayRoutes", routes);
            beans.registerSingleton("functionAddresses", addresses);
        });
        try {
            return new Gateway(application.run());
        } catch (RuntimeException e) {
            throw portInUse(e)
                    ? new StartFailure(
                            "Port %d is in use by another program: stop that program or choose a port, for example './gavel up --port %d'."
                                    .formatted(options.port(), options.port() + 1),
                            e)
                    : e;
        }
    }

    /// Boot wraps it while it starts the server.
    private static boolean portInUse(Throwable trouble) {
        Throwable cause = trouble;
        while (cause != null && !(cause instanceof PortInUseException)) {
            cause = cause.getCause();
        }
        return cause != null;
    }

    int port() {
        return Objects.requireNonNull(((ReactiveWebServerApplicationContext) context).getWebServer())
                .getPort();
    }

    @Override
    public void close() {
        context.close();
    }
}
