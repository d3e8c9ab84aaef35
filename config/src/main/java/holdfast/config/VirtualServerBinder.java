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
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// Binds one `virtual_server`. One of a group is all members of the group at once.
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

    Optional<VirtualServerSpec> bind(ServerGroups groups) {
        boolean marked = block.text().equals("fwmark");
        Optional<Protocol> protocol = protocol(marked);
        Optional<ServiceHead.Head> head =
                new ServiceHead(context, block).read(groups, protocol, family());
        Scheduler scheduler =
                new SchedulerBinder(context.findings())
                        .bind(block, marked || protocol.equals(Optional.of(Protocol.UDP)));
        Forwarding forwarding = forwarding();
        if (inner.all("real_server").isEmpty()) {
            context.findings().error(block.at(), "the service has no real_server; it is left out");
            return Optional.empty();
        }
        return head.flatMap(one -> service(one, scheduler, forwarding));
    }

    private Optional<VirtualServerSpec> service(
            ServiceHead.Head head, Scheduler scheduler, Forwarding forwarding) {
        RealServerBinder servers = new RealServerBinder(context, trackables, inner, forwarding);
        List<RealServerSpec> pool = servers.pool(head.families(), head.port());
        if (pool.isEmpty()) {
            context.findings().error(block.at(), "the service has no usable real_server");
            return Optional.empty();
        }
        boolean marked = head.members().stream().anyMatch(ServiceKey.Mark.class::isInstance);
        if (marked && inner.has("ha_suspend")) {
            context.findings()
                    .error(
                            inner.last("ha_suspend").orElseThrow().at(),
                            "'ha_suspend' needs an address; it is ignored");
        }
        return Optional.of(
                new VirtualServerSpec(
                        head.key(),
                        head.members(),
                        scheduler,
                        persistence(head),
                        pool,
                        sorryServer(head, forwarding),
                        quorum(pool),
                        inner.has("omega"),
                        inner.has("ha_suspend") && !marked,
                        context.smtpAlert(inner, "smtp_alert_checker").orElse(false),
                        new CautionBinder(context, block).bind(scheduler, pool),
                        inner.flag("masquerade").orElse(false)));
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

    private Optional<Persistence> persistence(ServiceHead.Head head) {
        Family family = head.members().getFirst().family();
        Optional<Entry> timeout = inner.last("persistence_timeout");
        Optional<Entry> entry = inner.last("persistence_granularity");
        Optional<Granularity> granularity =
                entry.flatMap(given -> Granularity.read(given.text()).value());
        Optional<String> engine = inner.text("persistence_engine");
        boolean forced = head.anyPort();
        if (granularity.isPresent()
                && !head.families().equals(Set.of(granularity.get().family()))) {
            context.findings()
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
            context.findings()
                    .warning(
                            block.at(),
                            "a service without a port must be persistent; 360 seconds are used");
        }
        return Optional.of(
                new Persistence(
                        inner.seconds("persistence_timeout").orElse(PERSISTENCE),
                        granularity.map(Granularity::bits).orElse(family.bits()),
                        engine));
    }

    private Optional<SorryServerSpec> sorryServer(ServiceHead.Head head, Forwarding forwarding) {
        Optional<Entry> entry = inner.last("sorry_server");
        if (entry.isEmpty()) {
            for (String follower : List.of("sorry_server_inhibit", "sorry_server_lvs_method")) {
                inner.last(follower)
                        .ifPresent(
                                stray ->
                                        context.findings()
                                                .error(stray.at(), "there is no sorry_server"));
            }
            return Optional.empty();
        }
        Optional<Endpoint> endpoint =
                new EndpointReader(context.findings()).read(entry.get(), head.port());
        if (endpoint.isPresent() && !head.families().contains(endpoint.get().address().family())) {
            context.findings()
                    .error(entry.get().word(0), "the sorry server is of the other family");
            return Optional.empty();
        }
        Forwarding own =
                inner.last("sorry_server_lvs_method")
                        .flatMap(new ForwardingReader(context.findings())::read)
                        .orElse(forwarding);
        return endpoint.map(
                found -> new SorryServerSpec(found, own, inner.has("sorry_server_inhibit")));
    }

    private QuorumSpec quorum(List<RealServerSpec> pool) {
        long weights = pool.stream().mapToLong(RealServerSpec::weight).sum();
        long quorum = inner.number("quorum").orElse(1L);
        if (weights == 0) {
            context.findings()
                    .warning(block.at(), "all weights are 0; the quorum is never reached");
        } else if (quorum > weights) {
            context.findings()
                    .warning(
                            block.at(),
                            "quorum %d is more than all weights; %d is used"
                                    .formatted(quorum, weights));
            quorum = weights;
        }
        long hysteresis = inner.number("hysteresis").orElse(0L);
        if (hysteresis >= quorum) {
            context.findings()
                    .warning(
                            block.at(),
                            "hysteresis %d is not less than the quorum; %d is used"
                                    .formatted(hysteresis, quorum - 1));
            hysteresis = quorum - 1;
        }
        return new QuorumSpec(
                quorum,
                hysteresis,
                inner.last("quorum_up").flatMap(context.scripts()::script),
                inner.last("quorum_down").flatMap(context.scripts()::script));
    }
}
