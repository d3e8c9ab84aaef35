package holdfast.daemon.vrrp;

import holdfast.daemon.Level;
import holdfast.daemon.Reporter;
import holdfast.linux.Errno;
import holdfast.net.IpAddress;
import holdfast.netlink.rt.AddressCodec;
import holdfast.netlink.rt.InterfaceAddress;
import holdfast.time.MonoTime;
import holdfast.vrrp.NodeSpec;
import holdfast.vrrp.VirtualAddress;
import holdfast.vrrp.VrrpSpec;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Puts virtual addresses on interfaces and takes them off.
///
/// What is asked for is gathered until it is carried out, so that many routers that change their
/// role at once cost few calls. What the kernel refuses is said once and tried again, where that
/// can help, until it is done or no longer wanted.
///
/// Confined to one thread.
final class AddressActuator {

    /// The mark of addresses that a VRRP daemon made (rt_protos, `RTPROT_KEEPALIVED`).
    static final int PROTOCOL = 18;

    private static final Duration RETRY_MIN = Duration.ofSeconds(1);
    private static final Duration RETRY_MAX = Duration.ofMinutes(1);

    /// Errors that no patience heals.
    private static final Set<Errno> HOPELESS =
            Set.of(Errno.EPERM, Errno.EACCES, Errno.EINVAL, Errno.EOPNOTSUPP);

    /// An address that an instance wants to hold.
    private record Claim(String instance, VirtualAddress address) {}

    /// How far a claim is.
    private enum Progress {
        HELD,
        WAITS_FOR_INTERFACE,
        RETRIES,
        GIVEN_UP
    }

    /// Changes that are carried out at once. The kernel takes some 0.1 ms for an address of IPv6,
    /// and adverts must not wait for hundreds of them.
    private static final int CHANGES_MAX = 32;

    /// A change that waits to be carried out.
    ///
    /// @param claim for whom the address is added; empty when it is deleted
    private record Work(VirtualAddress address, Optional<Claim> claim, RouteSocket.Order order) {}

    /// Where an address is.
    private record Place(String interfaceName, IpAddress address) {

        static Place of(VirtualAddress address) {
            return new Place(address.interfaceName(), address.address());
        }
    }

    private final Reporter reporter;
    private final RouteSocket commands;
    private final LinkTable links;
    private final Map<Claim, Progress> claims = new LinkedHashMap<>();

    /// How many instances want an address; absent means none.
    private final Map<VirtualAddress, Integer> claimants = new HashMap<>();

    /// How many claims of a place are carried out; absent means none.
    private final Map<Place, Integer> held = new HashMap<>();

    private final Deque<Work> works = new ArrayDeque<>();
    private final Set<Claim> waiting = new LinkedHashSet<>();
    private final Set<Claim> retrying = new LinkedHashSet<>();
    private Duration retryAfter = RETRY_MIN;
    private MonoTime retryAt = MonoTime.NEVER;

    AddressActuator(Reporter reporter, RouteSocket commands, LinkTable links) {
        this.reporter = reporter;
        this.commands = commands;
        this.links = links;
    }

    /// Removes what a former life left behind: virtual addresses of routers that are no owners.
    void removeLeftovers(MonoTime now, NodeSpec spec) {
        List<VirtualAddress> left = new ArrayList<>();
        for (VrrpSpec instance : spec.instances()) {
            if (!instance.isOwner()) {
                left.addAll(instance.addresses());
                left.addAll(instance.excluded());
            }
        }
        left.removeIf(address -> !links.has(address.interfaceName(), address.address()));
        left.forEach(
                address ->
                        reporter.log(
                                Level.NOTICE,
                                "Removes "
                                        + address.prefix()
                                        + " from "
                                        + address.interfaceName()
                                        + ", left from before"));
        left.forEach(this::delete);
        commitAll(now);
    }

    /// Wants the addresses; takes effect with [#commit].
    void claim(String instance, List<VirtualAddress> addresses) {
        for (VirtualAddress address : addresses) {
            Claim claim = new Claim(instance, address);
            if (claims.putIfAbsent(claim, Progress.RETRIES) == null) {
                claimants.merge(address, 1, Integer::sum);
            }
            add(claim);
        }
    }

    /// Wants them no more; takes effect with [#commit].
    void release(String instance, List<VirtualAddress> addresses) {
        for (VirtualAddress address : addresses) {
            Claim claim = new Claim(instance, address);
            retrying.remove(claim);
            waiting.remove(claim);
            Progress progress = claims.remove(claim);
            if (progress != null) {
                claimants.computeIfPresent(address, (_, count) -> count == 1 ? null : count - 1);
                count(address, progress, -1);
            }
            if (!claimants.containsKey(address)) {
                delete(address);
            }
        }
    }

    /// Whether one of us put this address there.
    boolean holds(String interfaceName, IpAddress address) {
        return held.containsKey(new Place(interfaceName, address));
    }

    /// An interface is there, perhaps for the first time or again; takes effect with [#commit].
    void onLink(String name) {
        if (waiting.isEmpty()) {
            return;
        }
        for (Claim claim : List.copyOf(waiting)) {
            if (claim.address().interfaceName().equals(name)) {
                waiting.remove(claim);
                add(claim);
            }
        }
    }

    MonoTime deadline() {
        return retryAt;
    }

    /// Tries again what was refused; takes effect with [#commit].
    void onDeadline() {
        retryAt = MonoTime.NEVER;
        List.copyOf(retrying).forEach(this::add);
    }

    /// Whether [#commit] has nothing to do.
    boolean isIdle() {
        return works.isEmpty();
    }

    private void add(Claim claim) {
        VirtualAddress address = claim.address();
        int index = links.link(address.interfaceName()).map(link -> link.index()).orElse(0);
        if (index == 0) {
            put(claim, Progress.WAITS_FOR_INTERFACE);
            complain("add", address, "there is no such interface");
            return;
        }
        InterfaceAddress made = made(index, address);
        works.add(
                new Work(
                        address,
                        Optional.of(claim),
                        (out, number) -> AddressCodec.add(out, number, made)));
    }

    private void delete(VirtualAddress address) {
        int index = links.link(address.interfaceName()).map(link -> link.index()).orElse(0);
        if (index != 0) {
            InterfaceAddress made = made(index, address);
            works.add(
                    new Work(
                            address,
                            Optional.empty(),
                            (out, number) -> AddressCodec.delete(out, number, made)));
        }
    }

    /// Carries out what was asked for, in its order.
    ///
    /// @return whether nothing is left for another call
    boolean commit(MonoTime now) {
        List<Work> batch = new ArrayList<>();
        List<RouteSocket.Order> orders = new ArrayList<>();
        while (!works.isEmpty() && batch.size() < CHANGES_MAX) {
            Work work = works.remove();
            batch.add(work);
            orders.add(work.order());
        }
        List<RouteSocket.Outcome> outcomes = commands.carryOut(orders);
        for (int i = 0; i < batch.size(); i++) {
            judge(batch.get(i), outcomes.get(i));
        }
        scheduleRetry(now);
        return works.isEmpty();
    }

    /// Carries out all that was asked for.
    private void commitAll(MonoTime now) {
        boolean done;
        do {
            done = commit(now);
        } while (!done);
    }

    private void judge(Work work, RouteSocket.Outcome outcome) {
        if (work.claim().isEmpty()) {
            judgeDeletion(work.address(), outcome);
        } else if (claims.containsKey(work.claim().get())) {
            put(work.claim().get(), judgeAddition(work.address(), outcome));
        }
    }

    private void put(Claim claim, Progress progress) {
        Progress before = claims.put(claim, progress);
        if (before != null) {
            count(claim.address(), before, -1);
        }
        count(claim.address(), progress, 1);
        retrying.remove(claim);
        waiting.remove(claim);
        if (progress == Progress.RETRIES) {
            retrying.add(claim);
        } else if (progress == Progress.WAITS_FOR_INTERFACE) {
            waiting.add(claim);
        }
    }

    private void count(VirtualAddress address, Progress progress, int difference) {
        if (progress == Progress.HELD) {
            int count = held.merge(Place.of(address), difference, Integer::sum);
            if (count == 0) {
                held.remove(Place.of(address));
            }
        }
    }

    private Progress judgeAddition(VirtualAddress address, RouteSocket.Outcome outcome) {
        if (outcome.isDone() || outcome.is(Errno.EEXIST)) {
            return Progress.HELD;
        }
        complain("add", address, outcome.words());
        if (outcome.is(Errno.ENODEV)) {
            return Progress.WAITS_FOR_INTERFACE;
        }
        return HOPELESS.contains(Errno.of(outcome.result())) ? Progress.GIVEN_UP : Progress.RETRIES;
    }

    private void scheduleRetry(MonoTime now) {
        if (retrying.isEmpty()) {
            retryAt = MonoTime.NEVER;
            retryAfter = RETRY_MIN;
        } else if (retryAt.equals(MonoTime.NEVER)) {
            retryAt = now.plus(retryAfter);
            Duration longer = retryAfter.multipliedBy(2);
            retryAfter = longer.compareTo(RETRY_MAX) < 0 ? longer : RETRY_MAX;
        }
    }

    private void judgeDeletion(VirtualAddress address, RouteSocket.Outcome outcome) {
        boolean gone =
                outcome.isDone()
                        || outcome.is(Errno.EADDRNOTAVAIL)
                        || outcome.is(Errno.ENODEV)
                        || outcome.is(Errno.ENXIO);
        if (!gone) {
            complain("delete", address, outcome.words());
        }
    }

    private void complain(String deed, VirtualAddress address, String words) {
        reporter.log(
                Level.WARNING,
                "Cannot %s address %s on %s: %s"
                        .formatted(deed, address.prefix(), address.interfaceName(), words));
    }

    static InterfaceAddress made(int index, VirtualAddress address) {
        return new InterfaceAddress(
                index,
                address.prefix(),
                address.peer(),
                address.broadcast(),
                address.label(),
                address.scope(),
                flags(address.flags()),
                PROTOCOL,
                address.preferredLifetime().orElse(InterfaceAddress.FOREVER),
                InterfaceAddress.FOREVER);
    }

    private static int flags(VirtualAddress.Flags flags) {
        return (flags.home() ? InterfaceAddress.IFA_F_HOMEADDRESS : 0)
                | (flags.nodad() ? InterfaceAddress.IFA_F_NODAD : 0)
                | (flags.managedTemporary() ? InterfaceAddress.IFA_F_MANAGETEMPADDR : 0)
                | (flags.noPrefixRoute() ? InterfaceAddress.IFA_F_NOPREFIXROUTE : 0)
                | (flags.autoJoin() ? InterfaceAddress.IFA_F_MCAUTOJOIN : 0);
    }
}
