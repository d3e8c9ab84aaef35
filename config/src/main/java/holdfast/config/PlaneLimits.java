package holdfast.config;

import holdfast.balance.Forwarding;
import holdfast.balance.RealServerSpec;
import holdfast.balance.SorryServerSpec;
import holdfast.balance.VirtualServerSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// What a data plane cannot do. IPVS is the measure of what services can ask, but for what nftables
/// does beyond.
public final class PlaneLimits {

    private static final Set<String> SCHEDULERS = Set.of("rr", "wrr", "sh", "mh", "fo");

    /// What looks at connections, which the plane counts only now and then.
    private static final Set<String> COUNTING = Set.of("lc", "wlc", "sed", "nq", "twos");

    private static final String PLANE = "the nftables data plane cannot do ";

    private PlaneLimits() {}

    /// What keeps `backend` from carrying the services of a configuration, a sentence each.
    ///
    /// @param backend what `auto` came to
    public static List<String> complaints(Configuration configuration, GlobalSpec.Backend backend) {
        return configuration.balance().services().stream()
                .flatMap(
                        service ->
                                complaints(service, backend).stream()
                                        .map(limit -> service.key() + ": " + limit))
                .toList();
    }

    static List<String> complaints(VirtualServerSpec service, GlobalSpec.Backend backend) {
        return switch (backend) {
            case AUTO, IPVS ->
                    service.masquerade()
                            ? List.of(
                                    "the IPVS data plane cannot do 'masquerade'; it needs"
                                            + " 'lvs_backend nftables'")
                            : List.of();
            case NFTABLES -> ofNftables(service);
        };
    }

    /// Where a plane does something near what the configuration asks for, in words.
    static Optional<String> remark(VirtualServerSpec service, GlobalSpec.Backend backend) {
        String scheduler = service.scheduler().name();
        if (backend != GlobalSpec.Backend.NFTABLES || !COUNTING.contains(scheduler)) {
            return Optional.empty();
        }
        return Optional.of(
                service.servers().stream().anyMatch(PlaneLimits::isDirect)
                        ? "the nftables data plane does not count connections of direct routing:"
                                + " '%s' goes by weight there".formatted(scheduler)
                        : "the nftables data plane counts connections every few seconds: '%s'"
                                        .formatted(scheduler)
                                + " is an approximation there");
    }

    private static List<String> ofNftables(VirtualServerSpec service) {
        List<String> limits = new ArrayList<>();
        String scheduler = service.scheduler().name();
        if (!SCHEDULERS.contains(scheduler) && !COUNTING.contains(scheduler)) {
            limits.add(
                    "%s'lb_algo %s'; it has rr, wrr, sh, mh, and fo".formatted(PLANE, scheduler));
        }
        if (service.scheduler().onePacket()) {
            limits.add(PLANE + "'ops'");
        }
        if (service.persistence().flatMap(p -> p.engine()).isPresent()) {
            limits.add(PLANE + "'persistence_engine'");
        }
        Stream<Forwarding> ways =
                Stream.concat(
                        service.servers().stream().map(RealServerSpec::forwarding),
                        service.sorryServer().stream().map(SorryServerSpec::forwarding));
        if (ways.anyMatch(Forwarding.Tunnel.class::isInstance)) {
            limits.add(PLANE + "'lb_kind TUN'; it has NAT and DR");
        }
        if (service.servers().stream().map(PlaneLimits::isDirect).distinct().count() > 1) {
            limits.add(PLANE + "NAT and DR in one service");
        }
        if (service.masquerade() && service.servers().stream().anyMatch(PlaneLimits::isDirect)) {
            limits.add(PLANE + "'masquerade' with DR, where replies go past the director");
        }
        return limits;
    }

    private static boolean isDirect(RealServerSpec server) {
        return server.forwarding() instanceof Forwarding.DirectRouting;
    }
}
