package holdfast.daemon.vrrp;

import holdfast.daemon.Level;
import holdfast.daemon.Reporter;
import holdfast.linux.Errno;
import holdfast.linux.EventLoop;
import holdfast.linux.RawSocket;
import holdfast.linux.ReceiveBatch;
import holdfast.linux.SyscallException;
import holdfast.net.Family;
import holdfast.net.IpAddress;
import holdfast.net.MacAddress;
import holdfast.time.MonoTime;
import holdfast.vrrp.Authentication;
import holdfast.vrrp.NodeSpec;
import holdfast.vrrp.Transport;
import holdfast.vrrp.VirtualLink;
import holdfast.vrrp.VrrpEffect.SendPacket;
import holdfast.vrrp.VrrpEvent;
import holdfast.vrrp.VrrpSpec;
import holdfast.wire.Datagram;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The sockets that adverts come and go through: one for each interface and group, or interface
/// and own address, and another if they have authentication headers. They are open while their
/// interface is there.
///
/// Confined to one thread.
final class VrrpPort implements AutoCloseable {

    /// Who wants to hear of adverts.
    interface Listener {
        void onPacket(MonoTime now, String interfaceName, Datagram datagram);
    }

    /// What tells one socket from another.
    ///
    /// @param interfaceName empty for all interfaces
    /// @param bound the multicast group, or the own address; empty for any own address
    /// @param vrid the only virtual router that shall be heard; 0 for all
    /// @param source the only MAC address that shall be heard; empty for all
    /// @param heardAs the interface that packets count as having come through
    private record Key(
            Family family,
            int protocol,
            String interfaceName,
            Optional<IpAddress> bound,
            int vrid,
            Optional<MacAddress> source,
            String heardAs) {

        static Key of(VrrpSpec spec) {
            Optional<IpAddress> bound =
                    spec.transport() instanceof Transport.Multicast(var group)
                            ? Optional.of(group)
                            : spec.source();
            String device = spec.place().device().orElse("");
            return new Key(
                    spec.family(),
                    protocol(spec),
                    device,
                    bound,
                    // A VMAC hears the adverts of all its base, as every other on it does.
                    spec.place().hasOwnDevice() ? spec.vrid() : 0,
                    Optional.empty(),
                    device);
        }

        /// A second ear of a router that speaks through the base of its VMAC. What another master
        /// sends from that same MAC address, the kernel shows on the VMAC alone: deaf to it, both
        /// would stay masters.
        static Optional<Key> ofVmac(VrrpSpec spec) {
            if (spec.place().throughBase()
                    && spec.transport() instanceof Transport.Multicast(var group)
                    && spec.place().own().isPresent()
                    && spec.place().own().get().kind() instanceof VirtualLink.Kind.Vmac(var mac)) {
                return Optional.of(
                        new Key(
                                spec.family(),
                                protocol(spec),
                                spec.place().own().get().name(),
                                Optional.of(group),
                                spec.vrid(),
                                Optional.of(mac),
                                spec.place().device().orElseThrow()));
            }
            return Optional.empty();
        }

        private static int protocol(VrrpSpec spec) {
            return spec.authentication() instanceof Authentication.AuthenticationHeader
                    ? RawSocket.AH
                    : RawSocket.VRRP;
        }

        /// Where it lives, for people.
        String place() {
            return interfaceName.isEmpty() ? String.valueOf(bound.orElseThrow()) : interfaceName;
        }
    }

    private static final int BATCH = 16;

    /// 255 IPv6 addresses, and headers with options.
    private static final int DATAGRAM_BYTES = 4352;

    /// Batches of one socket in a turn; the rest comes in the next.
    private static final int BATCHES_MAX = 4;

    /// Where there is no one interface.
    private static final int USUAL_MTU = 1500;

    private static final Duration RETRY = Duration.ofSeconds(1);

    private final Reporter reporter;
    private final EventLoop loop;
    private final LinkPort links;
    private final int receiveBufferBytes;
    private final Listener listener;
    private final ReceiveBatch batch = new ReceiveBatch(BATCH, DATAGRAM_BYTES);
    private final Map<Key, RawSocket> open = new LinkedHashMap<>();
    private final Set<Key> wanted = new LinkedHashSet<>();
    private final Map<String, Key> byInstance = new HashMap<>();
    private final Map<Key, List<VrrpSpec>> users = new HashMap<>();

    /// What each socket last failed at; said once.
    private final Map<Key, Errno> failing = new HashMap<>();

    private final Set<Key> unopened = new HashSet<>();
    private MonoTime retryAt = MonoTime.NEVER;

    VrrpPort(
            Reporter reporter,
            EventLoop loop,
            LinkPort links,
            int receiveBufferBytes,
            Listener listener) {
        this.reporter = reporter;
        this.loop = loop;
        this.links = links;
        this.receiveBufferBytes = receiveBufferBytes;
        this.listener = listener;
    }

    /// Opens what the orders need, besides what is open. Being forbidden to is the caller's end.
    void open(MonoTime now, NodeSpec spec) throws SyscallException {
        for (VrrpSpec instance : spec.instances()) {
            Key key = Key.of(instance);
            users.computeIfAbsent(key, _ -> new ArrayList<>()).add(instance);
        }
        for (VrrpSpec instance : spec.instances()) {
            Key key = Key.of(instance);
            byInstance.putIfAbsent(instance.name(), key);
            if (wanted.add(key)) {
                tryOpen(now, key);
            }
            Optional<Key> ear = Key.ofVmac(instance);
            if (ear.isPresent() && wanted.add(ear.get())) {
                tryOpen(now, ear.get());
            }
        }
    }

    /// Closes what the orders do not need.
    void prune(NodeSpec spec) {
        wanted.clear();
        byInstance.clear();
        users.clear();
        for (VrrpSpec instance : spec.instances()) {
            Key key = Key.of(instance);
            wanted.add(key);
            Key.ofVmac(instance).ifPresent(wanted::add);
            byInstance.put(instance.name(), key);
            users.computeIfAbsent(key, _ -> new ArrayList<>()).add(instance);
        }
        for (Key key : Set.copyOf(open.keySet())) {
            RawSocket socket = open.get(key);
            if (!wanted.contains(key)) {
                close(key);
            } else if (socket != null) {
                resize(key, socket);
            }
        }
        unopened.retainAll(wanted);
        failing.keySet().retainAll(wanted);
    }

    /// Opens, opens again, or closes what lives on an interface that changed.
    void onLink(MonoTime now, String name) {
        int index = links.indexOf(name);
        for (Key key : wanted) {
            if (!key.interfaceName().equals(name)) {
                continue;
            }
            RawSocket socket = open.get(key);
            if (socket != null && socket.spec().ifindex() != index) {
                close(key);
            }
            openLater(now, key);
        }
    }

    MonoTime deadline() {
        return retryAt;
    }

    void onDeadline(MonoTime now) {
        retryAt = MonoTime.NEVER;
        Set.copyOf(unopened).forEach(key -> openLater(now, key));
    }

    /// Opens at a time when refusal is no reason to give up.
    private void openLater(MonoTime now, Key key) {
        try {
            tryOpen(now, key);
        } catch (SyscallException e) {
            complain(key, e.errno(), String.valueOf(e.getMessage()));
            retry(now, key);
        }
    }

    private void tryOpen(MonoTime now, Key key) throws SyscallException {
        unopened.remove(key);
        int index = key.interfaceName().isEmpty() ? 0 : links.indexOf(key.interfaceName());
        boolean lacksInterface = index == 0 && !key.interfaceName().isEmpty();
        if (open.containsKey(key) || lacksInterface) {
            return;
        }
        try {
            RawSocket socket = RawSocket.open(spec(key, index));
            if (key.vrid() != 0) {
                socket.hearOnly(key.vrid(), key.source());
            }
            open.put(key, socket);
            loop.watch(socket.fd(), new Ear(key, socket));
            failing.remove(key);
        } catch (SyscallException e) {
            if (e.errno() == Errno.EPERM || e.errno() == Errno.EACCES) {
                throw e;
            }
            complain(key, e.errno(), String.valueOf(e.getMessage()));
            retry(now, key);
        }
    }

    private void resize(Key key, RawSocket socket) {
        try {
            socket.receiveBuffer(receiveBuffer(key, socket.spec().ifindex()));
        } catch (SyscallException e) {
            complain(key, e.errno(), String.valueOf(e.getMessage()));
        }
    }

    /// What the routers that share a socket need of its buffer.
    private int receiveBuffer(Key key, int index) {
        int mtu = links.table().describe(index).map(VrrpEvent.LinkIs::mtu).orElse(USUAL_MTU);
        long bytes = 0;
        for (VrrpSpec user : users.getOrDefault(key, List.of())) {
            bytes += user.conduct().receiveShare().bytes(user, mtu);
        }
        return bytes == 0 ? receiveBufferBytes : (int) Math.min(bytes, Integer.MAX_VALUE / 2);
    }

    private void retry(MonoTime now, Key key) {
        unopened.add(key);
        retryAt = now.plus(RETRY);
    }

    private RawSocket.Spec spec(Key key, int index) {
        boolean multicast = key.bound().isPresent() && key.bound().get().isMulticast();
        return new RawSocket.Spec(
                key.family(),
                key.protocol(),
                index,
                Optional.of(key.interfaceName()).filter(name -> !name.isEmpty()),
                key.bound().filter(_ -> multicast),
                key.bound().filter(_ -> !multicast),
                receiveBuffer(key, index),
                0);
    }

    /// Who hears through one socket, until it is closed. A class, and not a lambda: what one keeps
    /// is made anew for each batch.
    private final class Ear implements EventLoop.Source, Consumer<Datagram> {

        private final Key key;
        private final RawSocket socket;
        private MonoTime turn = MonoTime.NEVER;

        Ear(Key key, RawSocket socket) {
            this.key = key;
            this.socket = socket;
        }

        @Override
        public void onReadable(MonoTime now) {
            turn = now;
            int batches = 0;
            do {
                int count = socket.receive(batch, this);
                if (count < 0 && !Errno.EAGAIN.is(count) && !Errno.EINTR.is(count)) {
                    complain(
                            key,
                            Errno.of(count),
                            "cannot hear adverts on " + key.place() + ": " + Errno.describe(count));
                }
                if (count < BATCH) {
                    return;
                }
                batches++;
            } while (batches < BATCHES_MAX && open.get(key) == socket);
        }

        @Override
        public void accept(Datagram datagram) {
            listener.onPacket(turn, key.heardAs(), datagram);
        }
    }

    void send(SendPacket packet) {
        @Nullable Key key = byInstance.get(packet.instance());
        @Nullable RawSocket socket = key == null ? null : open.get(key);
        if (key == null || socket == null) {
            return; // without its interface there is nobody to hear it
        }
        boolean onLink = packet.destination().isMulticast() || packet.destination().isLinkLocal();
        long result =
                socket.send(
                        packet.source(),
                        packet.destination(),
                        onLink ? socket.spec().ifindex() : 0,
                        packet.ttl(),
                        ByteBuffer.wrap(packet.message()));
        if (result >= 0) {
            if (!failing.isEmpty()) {
                failing.remove(key);
            }
        } else {
            complain(
                    key,
                    Errno.of(result),
                    "cannot send adverts of "
                            + packet.instance()
                            + " to "
                            + packet.destination()
                            + ": "
                            + Errno.describe(result));
        }
    }

    private void complain(Key key, Errno errno, String words) {
        if (failing.put(key, errno) != errno) {
            reporter.log(
                    Level.WARNING, Character.toUpperCase(words.charAt(0)) + words.substring(1));
        }
    }

    private void close(Key key) {
        @Nullable RawSocket socket = open.remove(key);
        if (socket != null) {
            loop.unwatch(socket.fd());
            socket.close();
        }
    }

    @Override
    public void close() {
        Set.copyOf(open.keySet()).forEach(this::close);
        batch.close();
    }
}
