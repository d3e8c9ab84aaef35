package holdfast.daemon.balance;

import holdfast.balance.BalanceEvent.AddressPresent;
import holdfast.config.HouseSpec.BufferSpec;
import holdfast.linux.Errno;
import holdfast.linux.Fd;
import holdfast.linux.NetlinkSocket;
import holdfast.linux.SyscallException;
import holdfast.net.IpAddress;
import holdfast.netlink.Message;
import holdfast.netlink.MessageWriter;
import holdfast.netlink.Reply;
import holdfast.netlink.rt.AddressCodec;
import holdfast.netlink.rt.RtGroup;
import holdfast.netlink.rt.RtNotice;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The port that says which addresses this host has. One that is on several interfaces is present
/// until the last has lost it.
final class LocalAddresses implements AutoCloseable {

    private static final int READS_MAX = 64;

    private final NetlinkSocket socket = NetlinkSocket.open(NetlinkSocket.Protocol.ROUTE);
    private final MessageWriter out = new MessageWriter();
    private final Map<IpAddress, Set<Integer>> interfaces = new HashMap<>();

    /// What a listing has said so far; who is missing at its end is gone.
    private final Map<IpAddress, Set<Integer>> listed = new HashMap<>();

    private boolean listing;
    private int sequence;

    LocalAddresses(BufferSpec buffers) throws SyscallException {
        if (buffers.monitor().isPresent()) {
            socket.receiveBuffer(buffers.monitor().get(), buffers.monitorForced());
        }
        socket.join(RtGroup.IPV4_ADDRESS.number());
        socket.join(RtGroup.IPV6_ADDRESS.number());
        list();
    }

    Fd fd() {
        return socket.fd();
    }

    private void list() throws SyscallException {
        listed.clear();
        listing = true;
        AddressCodec.dump(out, ++sequence);
        SyscallException.check("ask for addresses", socket.send(out.batch()));
        out.clear();
    }

    /// What has changed. After a flood in which notices were lost, all is listed anew.
    List<AddressPresent> read() throws SyscallException {
        List<AddressPresent> events = new ArrayList<>();
        for (int i = 0; i < READS_MAX; i++) {
            long result = socket.receive();
            if (Errno.ENOBUFS.is(result)) {
                list();
            } else if (Errno.EAGAIN.is(result)) {
                break;
            } else {
                SyscallException.check("hear of addresses", result);
                for (Message message : Message.in(socket.received())) {
                    take(message, events);
                }
            }
        }
        return events;
    }

    private void take(Message message, List<AddressPresent> events) throws SyscallException {
        boolean ofListing = listing && message.sequence() == sequence;
        if (Reply.to(message) instanceof Reply.Done(_, boolean interrupted) && ofListing) {
            if (interrupted) {
                list();
            } else {
                complete(events);
            }
            return;
        }
        if (RtNotice.of(message).orElse(null)
                instanceof RtNotice.AddressNotice(var found, boolean present)) {
            if (ofListing) {
                note(listed, found.address(), found.index(), present);
            }
            boolean had = interfaces.containsKey(found.address());
            note(interfaces, found.address(), found.index(), present);
            boolean has = interfaces.containsKey(found.address());
            if (had != has) {
                events.add(new AddressPresent(found.address(), has));
            }
        }
    }

    private static void note(
            Map<IpAddress, Set<Integer>> into, IpAddress address, int index, boolean present) {
        if (present) {
            into.computeIfAbsent(address, _ -> new HashSet<>()).add(index);
        } else {
            into.computeIfPresent(
                    address,
                    (_, indices) -> {
                        indices.remove(index);
                        return indices.isEmpty() ? null : indices;
                    });
        }
    }

    private void complete(List<AddressPresent> events) {
        listing = false;
        List<IpAddress> gone =
                interfaces.keySet().stream().filter(it -> !listed.containsKey(it)).toList();
        for (IpAddress address : gone) {
            interfaces.remove(address);
            events.add(new AddressPresent(address, false));
        }
    }

    @Override
    public void close() {
        socket.close();
    }
}
