package holdfast.daemon.balance;

import holdfast.balance.Destination;
import holdfast.balance.Forwarding;
import holdfast.balance.Persistence;
import holdfast.balance.Protocol;
import holdfast.balance.Service;
import holdfast.balance.ServiceKey;
import holdfast.net.Endpoint;
import holdfast.netlink.ipvs.IpvsDestination;
import holdfast.netlink.ipvs.IpvsKey;
import holdfast.netlink.ipvs.IpvsService;
import java.util.Arrays;
import java.util.Optional;

/// Our words in those of IPVS (LVS specification, section 1).
final class IpvsTerms {

    private IpvsTerms() {}

    static IpvsKey key(ServiceKey.Single key) {
        return switch (key) {
            case ServiceKey.Address(var protocol, var endpoint) ->
                    new IpvsKey.Address(protocol.number(), endpoint);
            case ServiceKey.Mark(int mark, var family) -> new IpvsKey.Mark(mark, family);
        };
    }

    /// Empty for a service of a protocol that we do not know.
    static Optional<ServiceKey.Single> key(IpvsKey key) {
        return switch (key) {
            case IpvsKey.Mark(int mark, var family) ->
                    Optional.of(new ServiceKey.Mark(mark, family));
            case IpvsKey.Address(int number, var endpoint) ->
                    Arrays.stream(Protocol.values())
                            .filter(protocol -> protocol.number() == number)
                            .<ServiceKey.Single>map(it -> new ServiceKey.Address(it, endpoint))
                            .findFirst();
        };
    }

    static IpvsService service(Service service) {
        int flags = service.scheduler().flags() * IpvsService.SCHEDULER_FLAG_1;
        if (service.scheduler().onePacket()) {
            flags |= IpvsService.ONE_PACKET;
        }
        if (service.persistence().isPresent()) {
            flags |= IpvsService.PERSISTENT;
        }
        int everyone = service.key().family().bits();
        return new IpvsService(
                key(service.key()),
                service.scheduler().name(),
                flags,
                service.persistence().map(it -> (int) it.timeout().toSeconds()).orElse(0),
                service.persistence().map(Persistence::granularity).orElse(everyone),
                service.persistence().flatMap(Persistence::engine));
    }

    static IpvsDestination destination(ServiceKey.Single key, Destination row) {
        Endpoint endpoint = endpoint(key, row.endpoint(), row.forwarding());
        int weight = Math.max(0, row.weight());
        int upper = (int) row.upperThreshold();
        int lower = (int) row.lowerThreshold();
        return switch (row.forwarding()) {
            case Forwarding.Nat() ->
                    new IpvsDestination(
                            endpoint,
                            IpvsDestination.Method.MASQUERADE,
                            weight,
                            0,
                            0,
                            0,
                            upper,
                            lower);
            case Forwarding.DirectRouting() ->
                    new IpvsDestination(
                            endpoint, IpvsDestination.Method.DIRECT, weight, 0, 0, 0, upper, lower);
            case Forwarding.Tunnel(var kind, int port, var checksum) ->
                    new IpvsDestination(
                            endpoint,
                            IpvsDestination.Method.TUNNEL,
                            weight,
                            type(kind),
                            port,
                            flags(checksum),
                            upper,
                            lower);
        };
    }

    /// Only address translation can change a port.
    private static Endpoint endpoint(
            ServiceKey.Single key, Endpoint server, Forwarding forwarding) {
        return switch (forwarding) {
            case Forwarding.Nat() -> server;
            case Forwarding.DirectRouting(), Forwarding.Tunnel(_, _, _) ->
                    new Endpoint(
                            server.address(),
                            key instanceof ServiceKey.Address(_, var vip) ? vip.port() : 0);
        };
    }

    private static int type(Forwarding.Tunnel.Kind kind) {
        return switch (kind) {
            case IPIP -> IpvsDestination.TUNNEL_IPIP;
            case GUE -> IpvsDestination.TUNNEL_GUE;
            case GRE -> IpvsDestination.TUNNEL_GRE;
        };
    }

    private static int flags(Forwarding.Tunnel.Checksum checksum) {
        return switch (checksum) {
            case NONE -> 0;
            case FULL -> IpvsDestination.CHECKSUM;
            case REMOTE -> IpvsDestination.REMOTE_CHECKSUM;
        };
    }
}
