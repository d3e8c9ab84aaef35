package holdfast.netlink.ipvs;

import holdfast.net.Endpoint;
import holdfast.net.Family;
import holdfast.net.IpAddress;
import holdfast.netlink.Attributes;
import holdfast.netlink.Bytes;
import holdfast.netlink.Message;
import java.util.Optional;

/// What IPVS answers.
public sealed interface IpvsReading {

    /// `IP_VS_CONN_F_FWD_MASK`.
    int FORWARD_MASK = 7;

    record ServiceFound(IpvsService service, IpvsStatistics statistics) implements IpvsReading {}

    record DestinationFound(
            IpvsDestination destination,
            int activeConnections,
            int inactiveConnections,
            int persistentConnections,
            IpvsStatistics statistics)
            implements IpvsReading {}

    record TimeoutsFound(IpvsTimeouts timeouts) implements IpvsReading {}

    record DaemonFound(IpvsDaemon daemon) implements IpvsReading {}

    /// @param version major, minor and patch in an octet each
    record InfoFound(int version, int tableSize) implements IpvsReading {}

    /// Empty for messages of other families, and for those that make no sense.
    static Optional<IpvsReading> of(Message message, GenericFamily family) {
        if (message.type() != family.number()) {
            return Optional.empty();
        }
        Attributes attributes = message.attributes(GenericFamily.HEADER_BYTES);
        return switch (message.payload().u8(0)) {
            case Ipvs.CMD_NEW_SERVICE -> service(attributes.nested(Ipvs.ATTR_SERVICE));
            case Ipvs.CMD_NEW_DEST -> destination(attributes.nested(Ipvs.ATTR_DEST));
            case Ipvs.CMD_NEW_DAEMON -> daemon(attributes.nested(Ipvs.ATTR_DAEMON));
            case Ipvs.CMD_SET_CONFIG ->
                    Optional.of(
                            new TimeoutsFound(
                                    new IpvsTimeouts(
                                            attributes.u32(Ipvs.ATTR_TIMEOUT_TCP),
                                            attributes.u32(Ipvs.ATTR_TIMEOUT_TCP_FIN),
                                            attributes.u32(Ipvs.ATTR_TIMEOUT_UDP))));
            case Ipvs.CMD_SET_INFO ->
                    Optional.of(
                            new InfoFound(
                                    attributes.u32(Ipvs.INFO_VERSION),
                                    attributes.u32(Ipvs.INFO_CONN_TAB_SIZE)));
            default -> Optional.empty();
        };
    }

    private static Optional<IpvsReading> service(Attributes attributes) {
        Optional<IpvsKey> key =
                family(attributes.u16(Ipvs.SVC_AF)).flatMap(family -> key(attributes, family));
        return key.map(
                found ->
                        new ServiceFound(
                                new IpvsService(
                                        found,
                                        attributes.text(Ipvs.SVC_SCHED_NAME),
                                        attributes.u32(Ipvs.SVC_FLAGS) & ~IpvsService.HASHED,
                                        attributes.u32(Ipvs.SVC_TIMEOUT),
                                        granularity(found.family(), attributes),
                                        attributes.optionalText(Ipvs.SVC_PE_NAME)),
                                statistics(attributes.nested(Ipvs.SVC_STATS64))));
    }

    private static Optional<IpvsKey> key(Attributes attributes, Family family) {
        if (attributes.has(Ipvs.SVC_FWMARK)) {
            return Optional.of(new IpvsKey.Mark(attributes.u32(Ipvs.SVC_FWMARK), family));
        }
        int port = attributes.value(Ipvs.SVC_PORT).bigU16(0);
        return attributes
                .value(Ipvs.SVC_ADDR)
                .address(family)
                .map(address -> new Endpoint(address, port))
                .map(endpoint -> new IpvsKey.Address(attributes.u16(Ipvs.SVC_PROTOCOL), endpoint));
    }

    private static int granularity(Family family, Attributes attributes) {
        Bytes mask = attributes.value(Ipvs.SVC_NETMASK);
        return family == Family.INET6 ? mask.u32(0) : Integer.bitCount(mask.bigU32(0));
    }

    /// Kernels before 3.18 do not say the family; then the address is IPv4 unless it is too long.
    private static Optional<IpvsReading> destination(Attributes attributes) {
        Bytes bytes = attributes.value(Ipvs.DEST_ADDR);
        Family family =
                family(attributes.u16(Ipvs.DEST_ADDR_FAMILY))
                        .orElse(bytes.bigU64(4) == 0 ? Family.INET : Family.INET6);
        Optional<IpvsDestination.Method> method =
                IpvsDestination.Method.of(attributes.u32(Ipvs.DEST_FWD_METHOD) & FORWARD_MASK);
        Optional<IpAddress> address = bytes.address(family);
        if (address.isEmpty() || method.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(
                new DestinationFound(
                        new IpvsDestination(
                                new Endpoint(
                                        address.get(), attributes.value(Ipvs.DEST_PORT).bigU16(0)),
                                method.get(),
                                attributes.u32(Ipvs.DEST_WEIGHT),
                                attributes.u8(Ipvs.DEST_TUN_TYPE),
                                attributes.value(Ipvs.DEST_TUN_PORT).bigU16(0),
                                attributes.u16(Ipvs.DEST_TUN_FLAGS),
                                attributes.u32(Ipvs.DEST_U_THRESH),
                                attributes.u32(Ipvs.DEST_L_THRESH)),
                        attributes.u32(Ipvs.DEST_ACTIVE_CONNS),
                        attributes.u32(Ipvs.DEST_INACT_CONNS),
                        attributes.u32(Ipvs.DEST_PERSIST_CONNS),
                        statistics(attributes.nested(Ipvs.DEST_STATS64))));
    }

    private static Optional<IpvsReading> daemon(Attributes attributes) {
        Optional<IpvsDaemon.Role> role = IpvsDaemon.Role.of(attributes.u32(Ipvs.DAEMON_STATE));
        return role.map(
                found ->
                        new DaemonFound(
                                new IpvsDaemon(
                                        found,
                                        attributes.text(Ipvs.DAEMON_MCAST_IFN),
                                        attributes.u32(Ipvs.DAEMON_SYNC_ID),
                                        attributes.u16(Ipvs.DAEMON_SYNC_MAXLEN),
                                        attributes
                                                .find(Ipvs.DAEMON_MCAST_GROUP)
                                                .or(() -> attributes.find(Ipvs.DAEMON_MCAST_GROUP6))
                                                .flatMap(Bytes::address),
                                        attributes.u16(Ipvs.DAEMON_MCAST_PORT),
                                        attributes.u8(Ipvs.DAEMON_MCAST_TTL))));
    }

    private static IpvsStatistics statistics(Attributes attributes) {
        return new IpvsStatistics(
                attributes.value(Ipvs.STATS_CONNS).u64(0),
                attributes.value(Ipvs.STATS_INPKTS).u64(0),
                attributes.value(Ipvs.STATS_OUTPKTS).u64(0),
                attributes.value(Ipvs.STATS_INBYTES).u64(0),
                attributes.value(Ipvs.STATS_OUTBYTES).u64(0));
    }

    private static Optional<Family> family(int number) {
        for (Family family : Family.values()) {
            if (family.number() == number) {
                return Optional.of(family);
            }
        }
        return Optional.empty();
    }
}
