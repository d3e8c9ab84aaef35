package holdfast.daemon.vrrp;

import holdfast.config.HouseSpec.BufferSpec;
import holdfast.daemon.Level;
import holdfast.daemon.Reporter;
import holdfast.linux.Errno;
import holdfast.linux.Fd;
import holdfast.linux.NetlinkSocket;
import holdfast.linux.SyscallException;
import holdfast.net.IpAddress;
import holdfast.net.IpPrefix;
import holdfast.netlink.Message;
import holdfast.netlink.rt.AddressCodec;
import holdfast.netlink.rt.Link;
import holdfast.netlink.rt.LinkCodec;
import holdfast.netlink.rt.RtGroup;
import holdfast.netlink.rt.RtNotice;
import holdfast.vrrp.VrrpEvent;
import holdfast.vrrp.VrrpEvent.LinkGone;
import holdfast.vrrp.VrrpEvent.LinkIs;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Hears of links and addresses, and tells every change once.
///
/// A turn's notices are taken in together before anything is told, so that an address which went
/// and came back was never away. When notices were lost, everything is listed again.
///
/// Confined to one thread.
final class LinkPort implements AutoCloseable {

    /// An address that went away.
    record Vanished(String interfaceName, IpAddress address) {}

    private static final int RECEIVE_BUFFER_BYTES = 1024 * 1024;

    /// Datagrams in a turn; far beyond what one deed of an administrator makes.
    private static final int READS_MAX = 1000;

    private final Reporter reporter;
    private final RouteSocket commands;
    private final NetlinkSocket socket;
    private final LinkTable table = new LinkTable();

    /// What was told last, by number of the link.
    private final Map<Integer, LinkIs> told = new HashMap<>();

    private final Set<Integer> changed = new LinkedHashSet<>();
    private final List<Vanished> vanished = new ArrayList<>();
    private final Set<String> fallen = new LinkedHashSet<>();

    /// Notices were lost. Those that are left are older than the list to come, so they are passed
    /// over to the last: before that, the kernel would not even say that it lost more.
    private boolean behind;

    LinkPort(Reporter reporter, RouteSocket commands, BufferSpec buffers) throws SyscallException {
        this.reporter = reporter;
        this.commands = commands;
        this.socket = NetlinkSocket.open(NetlinkSocket.Protocol.ROUTE);
        try {
            makeRoom(socket, buffers);
            socket.join(RtGroup.LINK.number());
            socket.join(RtGroup.IPV4_ADDRESS.number());
            socket.join(RtGroup.IPV6_ADDRESS.number());
            list();
        } catch (SyscallException e) {
            socket.close();
            throw e;
        }
    }

    /// Room for notices: what the configuration says, or what we think will do.
    static void makeRoom(NetlinkSocket socket, BufferSpec buffers) throws SyscallException {
        if (buffers.monitor().isPresent()) {
            socket.receiveBuffer(buffers.monitor().get(), buffers.monitorForced());
        } else {
            socket.receiveBuffer(RECEIVE_BUFFER_BYTES);
        }
    }

    Fd fd() {
        return socket.fd();
    }

    LinkTable table() {
        return table;
    }

    /// Takes in what the kernel said since the last time.
    void read() throws SyscallException {
        for (int i = 0; i < READS_MAX; i++) {
            long result = socket.receive();
            if (Errno.EAGAIN.is(result)) {
                if (behind) {
                    listAgain();
                }
                return;
            }
            if (result < 0 && !Errno.EINTR.is(result)) {
                reporter.log(
                        Level.WARNING,
                        "Lists all links again, having heard: " + Errno.describe(result));
                behind = true;
            }
            if (!behind) {
                Message.in(socket.received()).forEach(message -> apply(message));
            }
        }
    }

    private void apply(Message message) {
        RtNotice.of(message).ifPresent(this::apply);
    }

    private void apply(RtNotice notice) {
        if (notice instanceof RtNotice.LinkNotice(var link, boolean present)
                && !(present && link.isUp())) {
            fallen.add(link.name());
        }
        if (notice instanceof RtNotice.AddressNotice(var address, boolean present) && !present) {
            LinkIs link = told.get(address.index());
            if (link != null) {
                vanished.add(new Vanished(link.name(), address.address()));
            }
        }
        boolean renames =
                notice instanceof RtNotice.LinkNotice(var link, boolean present)
                        && present
                        && table.link(link.index())
                                .filter(old -> !old.name().equals(link.name()))
                                .isPresent();
        int index = table.apply(notice);
        if (index != 0) {
            changed.add(index);
        }
        if (renames) {
            table.above(index).forEach(above -> changed.add(above.index()));
        }
    }

    private void listAgain() throws SyscallException {
        behind = false;
        for (LinkIs link : told.values()) {
            for (IpPrefix prefix : link.addresses()) {
                vanished.add(new Vanished(link.name(), prefix.address()));
            }
        }
        changed.addAll(told.keySet());
        told.values().forEach(link -> fallen.add(link.name()));
        list();
    }

    private void list() throws SyscallException {
        table.clear();
        commands.dump(LinkCodec::dump).forEach(this::apply);
        commands.dump(AddressCodec::dump).forEach(this::apply);
    }

    /// Takes in what a link said that was asked.
    void asked(String name, boolean up) {
        table.asked(name, up);
        table.link(name).ifPresent(link -> changed.add(link.index()));
    }

    /// No other links are asked from now on.
    void asksOnly(Set<String> names) {
        table.asksOnly(names);
        changed.addAll(told.keySet());
    }

    /// What changed since the last time it was asked for, as events.
    List<VrrpEvent> changes() {
        List<VrrpEvent> events = new ArrayList<>();
        Set<String> present = new HashSet<>();
        List<String> gone = new ArrayList<>();
        for (int index : changed) {
            LinkIs before = told.get(index);
            LinkIs now = table.describe(index).orElse(null);
            if (before != null && (now == null || !now.name().equals(before.name()))) {
                gone.add(before.name());
                told.remove(index);
            }
            if (now != null) {
                present.add(now.name());
                if (!now.equals(before)) {
                    told.put(index, now);
                    events.add(now);
                }
            }
        }
        changed.clear();
        // A name may have moved to another link meanwhile.
        gone.removeIf(name -> present.contains(name) || table.link(name).isPresent());
        gone.forEach(name -> events.addFirst(new LinkGone(name)));
        return events;
    }

    /// The links that were down or gone, if only for a moment, since the last time this was asked:
    /// their routes went in silence.
    Set<String> fallen() {
        Set<String> names = Set.copyOf(fallen);
        fallen.clear();
        return names;
    }

    /// The addresses that went away since the last time this was asked, and are not back.
    List<Vanished> vanished() {
        List<Vanished> away =
                vanished.stream()
                        .distinct()
                        .filter(one -> !table.has(one.interfaceName(), one.address()))
                        .toList();
        vanished.clear();
        return away;
    }

    /// The number of an interface, or 0 when it is not there.
    int indexOf(String name) {
        return table.link(name).map(Link::index).orElse(0);
    }

    @Override
    public void close() {
        socket.close();
    }
}
