package holdfast.config;

import holdfast.balance.Forwarding;
import holdfast.balance.Persistence;
import holdfast.balance.Protocol;
import holdfast.balance.QuorumSpec;
import holdfast.balance.RealServerSpec;
import holdfast.balance.Scheduler;
import holdfast.balance.ServiceKey;
import holdfast.balance.SorryServerSpec;
import holdfast.balance.VirtualServerSpec;
import holdfast.net.Endpoint;
import holdfast.net.Family;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// Binds one `virtual_server`. One of a group becomes as many services as the group has members.
final class VirtualServerBinder {

    private static final Duration PERSISTENCE = Duration.ofMinutes(6);

    private final Context context;
    private final Trackables trackables;
    private final Entry block;
    private final Section inner;

    VirtualServerBinder(Context context, Trackables trackables, Entry block) {
        this.context = context;
        this.trackables = trackables;
        this.block = block;
        this.inner = block.inner();
    }

    List<VirtualServerSpec> bind(Map<String, ServerGroup> groups) {
        boolean marked = block.text().equals("fwmark");
        Optional<Protocol> protocol = protocol(marked);
        List<ServiceKey> keys = new ServiceHead(context, block).keys(groups, protocol, family());
        Scheduler scheduler =
                new SchedulerBinder(context.findings())
                        .bind(block, marked || protocol.equals(Optional.of(Protocol.UDP)));
        Forwarding forwarding = forwarding();
        if (inner.all("real_server").isEmpty()) {
            context.findings().error(block.at(), "the service has no real_server; it is left out");
            return List.of();
        }
        List<VirtualServerSpec> services = new ArrayList<>();
        for (ServiceKey key : keys) {
            // The complaints about a pool are the same for each member of a group.
            Context once = services.isEmpty() ? context : context.silently();
            service(once, key, scheduler, forwarding).ifPresent(services::add);
        }
        return services;
    }

    private Optional<VirtualServerSpec> service(
            Context to, ServiceKey key, Scheduler scheduler, Forwarding forwarding) {
        int port = key instanceof ServiceKey.Address(_, Endpoint endpoint) ? endpoint.port() : 0;
        RealServerBinder servers = new RealServerBinder(to, trackables, inner, forwarding);
        List<RealServerSpec> pool = servers.pool(key.family(), port);
        if (pool.isEmpty()) {
            to.findings().error(block.at(), "the service has no usable real_server");
            return Optional.empty();
        }
        boolean marked = key instanceof ServiceKey.Mark;
        if (marked && inner.has("ha_suspend")) {
            to.findings()
                    .error(
                            inner.last("ha_suspend").orElseThrow().at(),
                            "'ha_suspend' needs an address; it is ignored");
        }
        return Optional.of(
                new VirtualServerSpec(
                        key,
                        scheduler,
                        persistence(to, key, port),
                        pool,
                        sorryServer(to, key.family(), port, forwarding),
                        quorum(to, pool),
                        inner.has("omega"),
                        inner.has("ha_suspend") && !marked,
                        to.smtpAlert(inner, "smtp_alert_checker").orElse(false)));
    }

    private Optional<Protocol> protocol(boolean marked) {
        Optional<Entry> entry = inner.last("protocol");
        if (marked) {
            entry.ifPresent(
                    useless ->
                            context.findings()
                                    .warning(
                                            useless.at(),
                                            "a firewall mark has no protocol; it is ignored"));
            return Optional.empty();
        }
        if (entry.isEmpty()) {
            context.findings().warning(block.at(), "no protocol; UDP is used");
        }
        return Optional.of(
                entry.map(given -> Protocol.valueOf(given.text().toUpperCase(Locale.ROOT)))
                        .orElse(Protocol.UDP));
    }

    /// What a mark belongs to: what is said, or else what the servers are.
    private Optional<Family> family() {
        Optional<Family> said =
                inner.text("ip_family")
                        .map(word -> word.equals("inet6") ? Family.INET6 : Family.INET);
        return said.or(
                () ->
                        inner.all("real_server").stream()
                                .flatMap(server -> Scalars.address(server.text()).value().stream())
                                .map(address -> address.family())
                                .findFirst());
    }

    private Forwarding forwarding() {
        Optional<Entry> entry = inner.last("lb_kind");
        if (entry.isEmpty()) {
            context.findings().warning(block.at(), "no lb_kind; NAT is used");
            return new Forwarding.Nat();
        }
        return new ForwardingReader(context.findings())
                .read(entry.get())
                .orElseGet(Forwarding.Nat::new);
    }

    private Optional<Persistence> persistence(Context to, ServiceKey key, int port) {
        Optional<Entry> timeout = inner.last("persistence_timeout");
        Optional<Entry> entry = inner.last("persistence_granularity");
        Optional<Granularity> granularity =
                entry.flatMap(given -> Granularity.read(given.text()).value());
        Optional<String> engine = inner.text("persistence_engine");
        boolean forced = key instanceof ServiceKey.Address && port == 0;
        if (granularity.isPresent() && granularity.get().family() != key.family()) {
            to.findings()
                    .error(
                            entry.orElseThrow().word(0),
                            "the granularity is not of the service's family");
            granularity = Optional.empty();
        }
        boolean asked = timeout.isPresent() || granularity.isPresent() || engine.isPresent();
        if (!asked && !forced) {
            return Optional.empty();
        }
        if (!asked) {
            to.findings()
                    .warning(
                            block.at(),
                            "a service without a port must be persistent; 360 seconds are used");
        }
        return Optional.of(
                new Persistence(
                        inner.seconds("persistence_timeout").orElse(PERSISTENCE),
                        granularity.map(Granularity::bits).orElse(key.family().bits()),
                        engine));
    }

    private Optional<SorryServerSpec> sorryServer(
            Context to, Family family, int port, Forwarding forwarding) {
        Optional<Entry> entry = inner.last("sorry_server");
        if (entry.isEmpty()) {
            for (String follower : List.of("sorry_server_inhibit", "sorry_server_lvs_method")) {
                inner.last(follower)
                        .ifPresent(
                                stray ->
                                        to.findings()
                                                .error(stray.at(), "there is no sorry_server"));
            }
            return Optional.empty();
        }
        Optional<Endpoint> endpoint = new EndpointReader(to.findings()).read(entry.get(), port);
        if (endpoint.isPresent() && endpoint.get().address().family() != family) {
            to.findings().error(entry.get().word(0), "the sorry server is of the other family");
            return Optional.empty();
        }
        Forwarding own =
                inner.last("sorry_server_lvs_method")
                        .flatMap(new ForwardingReader(to.findings())::read)
                        .orElse(forwarding);
        return endpoint.map(
                found -> new SorryServerSpec(found, own, inner.has("sorry_server_inhibit")));
    }

    private QuorumSpec quorum(Context to, List<RealServerSpec> pool) {
        long weights = pool.stream().mapToLong(RealServerSpec::weight).sum();
        long quorum = inner.number("quorum").orElse(1L);
        if (weights == 0) {
            to.findings().warning(block.at(), "all weights are 0; the quorum is never reached");
        } else if (quorum > weights) {
            to.findings()
                    .warning(
                            block.at(),
                            "quorum %d is more than all weights; %d is used"
                                    .formatted(quorum, weights));
            quorum = weights;
        }
        long hysteresis = inner.number("hysteresis").orElse(0L);
        if (hysteresis >= quorum) {
            to.findings()
                    .warning(
                            block.at(),
                            "hysteresis %d is not less than the quorum; %d is used"
                                    .formatted(hysteresis, quorum - 1));
            hysteresis = quorum - 1;
        }
        return new QuorumSpec(
                quorum,
                hysteresis,
                inner.last("quorum_up").flatMap(to.scripts()::script),
                inner.last("quorum_down").flatMap(to.scripts()::script));
    }
}
