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
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// Puts virtual addresses on interfaces and takes them off.
///
/// What the kernel refuses is said once and tried again, where that can help, until it is done or
/// no longer wanted. Confined to one thread.
final class AddressActuator {

    /// The mark of addresses that a VRRP daemon made (rt_protos, `RTPROT_KEEPALIVED`).
    private static final int PROTOCOL = 18;

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

    private record Work(VirtualAddress address, int index, RouteSocket.Order order) {}

    private final Reporter reporter;
    private final RouteSocket commands;
    private final LinkTable links;
    private final Map<Claim, Progress> claims = new LinkedHashMap<>();

    /// How many instances want an address; absent means none.
    private final Map<VirtualAddress, Integer> claimants = new HashMap<>();

    private final Set<Claim> retrying = new LinkedHashSet<>();
    private Duration retryAfter = RETRY_MIN;
    private MonoTime retryAt = MonoTime.NEVER;

    AddressActuator(Reporter reporter, RouteSocket commands, LinkTable links) {
        this.reporter = reporter;
        this.commands = commands;
        this.links = links;
    }

    /// Removes what a former life left behind: virtual addresses of routers that are no owners.
    void removeLeftovers(NodeSpec spec) {
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
        remove(left);
    }

    void claim(MonoTime now, String instance, List<VirtualAddress> addresses) {
        List<Claim> added = addresses.stream().map(one -> new Claim(instance, one)).toList();
        for (Claim claim : added) {
            if (claims.putIfAbsent(claim, Progress.RETRIES) == null) {
                claimants.merge(claim.address(), 1, Integer::sum);
            }
        }
        carryOut(now, added);
    }

    void release(String instance, List<VirtualAddress> addresses) {
        for (VirtualAddress address : addresses) {
            Claim claim = new Claim(instance, address);
            retrying.remove(claim);
            if (claims.remove(claim) != null) {
                claimants.computeIfPresent(address, (_, count) -> count == 1 ? null : count - 1);
            }
        }
        remove(addresses.stream().filter(one -> !claimants.containsKey(one)).toList());
    }

    /// Whether one of us put this address there.
    boolean holds(String interfaceName, IpAddress address) {
        return claims.entrySet().stream()
                .filter(one -> one.getValue() == Progress.HELD)
                .map(one -> one.getKey().address())
                .anyMatch(
                        one ->
                                one.interfaceName().equals(interfaceName)
                                        && one.address().equals(address));
    }

    /// An interface is there, perhaps for the first time or again.
    void onLink(MonoTime now, String name) {
        List<Claim> waiting =
                claims.entrySet().stream()
                        .filter(one -> one.getValue() == Progress.WAITS_FOR_INTERFACE)
                        .map(Map.Entry::getKey)
                        .filter(one -> one.address().interfaceName().equals(name))
                        .toList();
        carryOut(now, waiting);
    }

    MonoTime deadline() {
        return retryAt;
    }

    void onDeadline(MonoTime now) {
        retryAt = MonoTime.NEVER;
        carryOut(now, List.copyOf(retrying));
    }

    private void carryOut(MonoTime now, List<Claim> wanted) {
        List<Claim> sent = new ArrayList<>();
        List<Work> works = new ArrayList<>();
        for (Claim claim : wanted) {
            VirtualAddress address = claim.address();
            int index = links.link(address.interfaceName()).map(link -> link.index()).orElse(0);
            if (index == 0) {
                put(claim, Progress.WAITS_FOR_INTERFACE);
                complain("add", address, "there is no such interface");
                continue;
            }
            InterfaceAddress made = made(index, address);
            works.add(
                    new Work(address, index, (out, number) -> AddressCodec.add(out, number, made)));
            sent.add(claim);
        }
        List<RouteSocket.Outcome> outcomes = commands.carryOut(orders(works));
        for (int i = 0; i < sent.size(); i++) {
            put(sent.get(i), judge(works.get(i), outcomes.get(i)));
        }
        scheduleRetry(now);
    }

    private void put(Claim claim, Progress progress) {
        claims.put(claim, progress);
        if (progress == Progress.RETRIES) {
            retrying.add(claim);
        } else {
            retrying.remove(claim);
        }
    }

    private Progress judge(Work work, RouteSocket.Outcome outcome) {
        if (outcome.isDone() || outcome.is(Errno.EEXIST)) {
            return Progress.HELD;
        }
        complain("add", work.address(), outcome.words());
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

    private void remove(List<VirtualAddress> addresses) {
        List<Work> works = new ArrayList<>();
        for (VirtualAddress address : addresses) {
            links.link(address.interfaceName())
                    .ifPresent(link -> works.add(removal(link.index(), address)));
        }
        List<RouteSocket.Outcome> outcomes = commands.carryOut(orders(works));
        for (int i = 0; i < works.size(); i++) {
            RouteSocket.Outcome outcome = outcomes.get(i);
            boolean gone =
                    outcome.isDone()
                            || outcome.is(Errno.EADDRNOTAVAIL)
                            || outcome.is(Errno.ENODEV)
                            || outcome.is(Errno.ENXIO);
            if (!gone) {
                complain("delete", works.get(i).address(), outcome.words());
            }
        }
    }

    private static Work removal(int index, VirtualAddress address) {
        InterfaceAddress made = made(index, address);
        return new Work(address, index, (out, number) -> AddressCodec.delete(out, number, made));
    }

    private static List<RouteSocket.Order> orders(List<Work> works) {
        return works.stream().map(Work::order).collect(Collectors.toList());
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
