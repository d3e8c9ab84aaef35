package holdfast.config;

import holdfast.balance.CheckerSpec;
import holdfast.balance.Forwarding;
import holdfast.balance.RealServerSpec;
import holdfast.net.Endpoint;
import holdfast.net.Family;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Binds the `real_server`s of one service.
final class RealServerBinder {

    private final Context context;
    private final Trackables trackables;
    private final Section service;
    private final Forwarding usual;

    /// @param usual how packets reach servers that do not say it
    RealServerBinder(Context context, Trackables trackables, Section service, Forwarding usual) {
        this.context = context;
        this.trackables = trackables;
        this.service = service;
        this.usual = usual;
    }

    /// @param port of the service
    List<RealServerSpec> pool(Set<Family> families, int port) {
        List<RealServerSpec> pool = new ArrayList<>();
        Set<Endpoint> seen = new HashSet<>();
        for (Entry server : service.all("real_server")) {
            Optional<Endpoint> endpoint = new EndpointReader(context.findings()).read(server, port);
            if (endpoint.isEmpty()) {
                continue;
            }
            Forwarding forwarding =
                    server.inner()
                            .last("lvs_method")
                            .flatMap(new ForwardingReader(context.findings())::read)
                            .orElse(usual);
            boolean tunnelled = forwarding instanceof Forwarding.Tunnel;
            if (!families.contains(endpoint.get().address().family()) && !tunnelled) {
                context.findings()
                        .error(
                                server.word(0),
                                "the server is of the other family than the service");
            } else if (!seen.add(endpoint.get())) {
                context.findings().error(server.word(0), "the server stands here already");
            } else {
                pool.add(server(server.inner(), endpoint.get(), forwarding));
            }
        }
        return pool;
    }

    private RealServerSpec server(Section block, Endpoint endpoint, Forwarding forwarding) {
        return new RealServerSpec(
                endpoint,
                Context.toInt(block.number("weight").or(() -> service.number("weight")).orElse(1L)),
                forwarding,
                block.flag("inhibit_on_failure").orElse(service.has("inhibit_on_failure")),
                block.number("uthreshold").orElse(0L),
                block.number("lthreshold").orElse(0L),
                checkers(block, endpoint),
                block.last("notify_up").flatMap(context.scripts()::script),
                block.last("notify_down").flatMap(context.scripts()::script),
                context.smtpAlert(block, "smtp_alert_checker").orElse(true));
    }

    private List<CheckerSpec> checkers(Section block, Endpoint endpoint) {
        CheckerBinder binder = new CheckerBinder(context, service, block, endpoint);
        List<CheckerSpec> checkers = new ArrayList<>();
        for (Entry entry : block.entries()) {
            switch (entry.name()) {
                case "TCP_CHECK" -> binder.tcp(entry).ifPresent(checkers::add);
                case "HTTP_GET" -> binder.http(entry).ifPresent(checkers::add);
                case "MISC_CHECK" -> binder.misc(entry).ifPresent(checkers::add);
                case "SSL_GET" -> binder.https(entry).ifPresent(checkers::add);
                case "SMTP_CHECK" -> checkers.addAll(binder.smtp(entry));
                case "DNS_CHECK" -> binder.dns(entry).ifPresent(checkers::add);
                case "UDP_CHECK" -> binder.udp(entry).ifPresent(checkers::add);
                case "PING_CHECK" -> binder.ping(entry).ifPresent(checkers::add);
                case "BFD_CHECK" ->
                        binder.session(entry, trackables.checkedSessions)
                                .filter(checker -> isFirst(entry, checker, checkers))
                                .ifPresent(checkers::add);
                case "FILE_CHECK" -> binder.file(entry, trackables).ifPresent(checkers::add);
                default -> {} // No checker.
            }
        }
        return checkers;
    }

    private boolean isFirst(Entry entry, CheckerSpec checker, List<CheckerSpec> others) {
        for (CheckerSpec other : others) {
            if (other.probe().equals(checker.probe())) {
                context.findings()
                        .error(
                                entry.inner().last("name").orElse(entry).word(0),
                                "the server is judged by this session already");
                return false;
            }
        }
        return true;
    }
}
