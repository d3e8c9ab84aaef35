package holdfast.netlink.ipvs;

import static holdfast.netlink.MessageWriter.NLM_F_ACK;
import static holdfast.netlink.MessageWriter.NLM_F_DUMP;
import static holdfast.netlink.MessageWriter.NLM_F_REQUEST;

import holdfast.net.Family;
import holdfast.net.IpAddress;
import holdfast.netlink.MessageWriter;
import java.util.Arrays;

/// Commands for IPVS. Each wants an acknowledgement, unless it is told otherwise; questions end
/// their answer with one.
public final class IpvsWriter {

    /// Flags are written in full, none are left as they are.
    private static final int ALL_FLAGS = -1;

    private final MessageWriter out;
    private final int family;
    private int acknowledgement = NLM_F_ACK;

    /// @param family the number that IPVS has in this kernel
    public IpvsWriter(MessageWriter out, GenericFamily family) {
        this.out = out;
        this.family = family.number();
    }

    /// Whether the kernel answers to services and destinations that it accepts, from the next
    /// command on. Refusals it always says.
    public void acknowledge(boolean accepted) {
        acknowledgement = accepted ? NLM_F_ACK : 0;
    }

    /// Refused with EEXIST when there is one of this key.
    public void addService(int sequence, IpvsService service) {
        fullService(Ipvs.CMD_NEW_SERVICE, sequence, service);
    }

    /// Refused with ESRCH when there is none of this key.
    public void editService(int sequence, IpvsService service) {
        fullService(Ipvs.CMD_SET_SERVICE, sequence, service);
    }

    /// Removes the service and all its destinations; refused with ESRCH when there is none.
    public void removeService(int sequence, IpvsKey key) {
        begin(Ipvs.CMD_DEL_SERVICE, 0, sequence);
        keyOnly(key);
    }

    /// Answered with one service.
    public void queryService(int sequence, IpvsKey key) {
        begin(Ipvs.CMD_GET_SERVICE, NLM_F_ACK, sequence);
        keyOnly(key);
    }

    public void listServices(int sequence) {
        begin(Ipvs.CMD_GET_SERVICE, NLM_F_DUMP, sequence);
    }

    /// Refused with EEXIST when it is there.
    public void addDestination(int sequence, IpvsKey key, IpvsDestination destination) {
        destination(Ipvs.CMD_NEW_DEST, sequence, key, destination);
    }

    /// Refused with ENOENT when it is not there.
    public void editDestination(int sequence, IpvsKey key, IpvsDestination destination) {
        destination(Ipvs.CMD_SET_DEST, sequence, key, destination);
    }

    /// Refused with ENOENT when it is not there; only the endpoint counts.
    public void removeDestination(int sequence, IpvsKey key, IpvsDestination destination) {
        destination(Ipvs.CMD_DEL_DEST, sequence, key, destination);
    }

    public void listDestinations(int sequence, IpvsKey key) {
        begin(Ipvs.CMD_GET_DEST, NLM_F_DUMP, sequence);
        keyOnly(key);
    }

    /// Removes every service of the network namespace, whoever made it.
    public void flush(int sequence) {
        begin(Ipvs.CMD_FLUSH, NLM_F_ACK, sequence);
    }

    public void queryInfo(int sequence) {
        begin(Ipvs.CMD_GET_INFO, NLM_F_ACK, sequence);
    }

    public void queryTimeouts(int sequence) {
        begin(Ipvs.CMD_GET_CONFIG, NLM_F_ACK, sequence);
    }

    public void setTimeouts(int sequence, IpvsTimeouts timeouts) {
        begin(Ipvs.CMD_SET_CONFIG, NLM_F_ACK, sequence);
        out.u32(Ipvs.ATTR_TIMEOUT_TCP, timeouts.tcpSeconds());
        out.u32(Ipvs.ATTR_TIMEOUT_TCP_FIN, timeouts.tcpFinSeconds());
        out.u32(Ipvs.ATTR_TIMEOUT_UDP, timeouts.udpSeconds());
    }

    public void startDaemon(int sequence, IpvsDaemon daemon) {
        begin(Ipvs.CMD_NEW_DAEMON, NLM_F_ACK, sequence);
        out.nestMarked(
                Ipvs.ATTR_DAEMON,
                () -> {
                    out.u32(Ipvs.DAEMON_STATE, daemon.role().number());
                    out.text(Ipvs.DAEMON_MCAST_IFN, daemon.interfaceName());
                    out.u32(Ipvs.DAEMON_SYNC_ID, daemon.syncId());
                    daemonOptions(daemon);
                });
    }

    /// Stops the daemon of this role; refused with ESRCH when none runs.
    public void stopDaemon(int sequence, IpvsDaemon.Role role) {
        begin(Ipvs.CMD_DEL_DAEMON, NLM_F_ACK, sequence);
        out.nestMarked(
                Ipvs.ATTR_DAEMON,
                () -> {
                    out.u32(Ipvs.DAEMON_STATE, role.number());
                    out.text(Ipvs.DAEMON_MCAST_IFN, "");
                    out.u32(Ipvs.DAEMON_SYNC_ID, 0);
                });
    }

    public void listDaemons(int sequence) {
        begin(Ipvs.CMD_GET_DAEMON, NLM_F_DUMP, sequence);
    }

    private void begin(int command, int flags, int sequence) {
        out.begin(family, NLM_F_REQUEST | acknowledgement | flags, sequence);
        out.u8(command).u8(Ipvs.VERSION).u16(0);
    }

    private void fullService(int command, int sequence, IpvsService service) {
        begin(command, 0, sequence);
        out.nestMarked(
                Ipvs.ATTR_SERVICE,
                () -> {
                    key(service.key());
                    out.text(Ipvs.SVC_SCHED_NAME, service.scheduler());
                    service.engine().ifPresent(engine -> out.text(Ipvs.SVC_PE_NAME, engine));
                    out.nest(Ipvs.SVC_FLAGS, () -> out.u32(service.flags()).u32(ALL_FLAGS));
                    out.u32(Ipvs.SVC_TIMEOUT, service.timeoutSeconds());
                    if (service.key().family() == Family.INET6) {
                        out.u32(Ipvs.SVC_NETMASK, service.granularity());
                    } else {
                        out.bigU32(Ipvs.SVC_NETMASK, mask(service.granularity()));
                    }
                });
    }

    private static int mask(int granularity) {
        return granularity == 0 ? 0 : -1 << (Family.INET.bits() - granularity);
    }

    private void keyOnly(IpvsKey key) {
        out.nestMarked(Ipvs.ATTR_SERVICE, () -> key(key));
    }

    private void key(IpvsKey key) {
        out.u16(Ipvs.SVC_AF, key.family().number());
        switch (key) {
            case IpvsKey.Mark(int mark, _) -> out.u32(Ipvs.SVC_FWMARK, mark);
            case IpvsKey.Address(int protocol, var endpoint) -> {
                out.u16(Ipvs.SVC_PROTOCOL, protocol);
                address(Ipvs.SVC_ADDR, endpoint.address());
                out.bigU16(Ipvs.SVC_PORT, endpoint.port());
            }
        }
    }

    private void destination(int command, int sequence, IpvsKey key, IpvsDestination row) {
        begin(command, 0, sequence);
        keyOnly(key);
        out.nestMarked(
                Ipvs.ATTR_DEST,
                () -> {
                    IpAddress address = row.endpoint().address();
                    out.u16(Ipvs.DEST_ADDR_FAMILY, address.family().number());
                    address(Ipvs.DEST_ADDR, address);
                    out.bigU16(Ipvs.DEST_PORT, row.endpoint().port());
                    out.u32(Ipvs.DEST_FWD_METHOD, row.method().number());
                    out.u32(Ipvs.DEST_WEIGHT, row.weight());
                    out.u8(Ipvs.DEST_TUN_TYPE, row.tunnelType());
                    out.bigU16(Ipvs.DEST_TUN_PORT, row.tunnelPort());
                    out.u16(Ipvs.DEST_TUN_FLAGS, row.tunnelFlags());
                    out.u32(Ipvs.DEST_U_THRESH, row.upperThreshold());
                    out.u32(Ipvs.DEST_L_THRESH, row.lowerThreshold());
                });
    }

    private void address(int type, IpAddress address) {
        out.attribute(type, Arrays.copyOf(address.octets(), Ipvs.ADDRESS_BYTES));
    }

    private void daemonOptions(IpvsDaemon daemon) {
        if (daemon.syncMaxBytes() != 0) {
            out.u16(Ipvs.DAEMON_SYNC_MAXLEN, daemon.syncMaxBytes());
        }
        if (daemon.port() != 0) {
            out.u16(Ipvs.DAEMON_MCAST_PORT, daemon.port());
        }
        if (daemon.ttl() != 0) {
            out.u8(Ipvs.DAEMON_MCAST_TTL, daemon.ttl());
        }
        daemon.group()
                .ifPresent(
                        group ->
                                out.address(
                                        group.family() == Family.INET
                                                ? Ipvs.DAEMON_MCAST_GROUP
                                                : Ipvs.DAEMON_MCAST_GROUP6,
                                        group));
    }
}
