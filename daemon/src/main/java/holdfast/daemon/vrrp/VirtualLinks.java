package holdfast.daemon.vrrp;

import holdfast.daemon.Level;
import holdfast.daemon.Reporter;
import holdfast.daemon.firewall.Macvlan;
import holdfast.daemon.vrrp.LinkOrders.Wanted;
import holdfast.linux.Errno;
import holdfast.linux.SyscallException;
import holdfast.net.IpAddress;
import holdfast.netlink.rt.AddressCodec;
import holdfast.netlink.rt.InterfaceAddress;
import holdfast.netlink.rt.Link;
import holdfast.netlink.rt.LinkCodec;
import holdfast.time.MonoTime;
import holdfast.vrrp.VirtualLink;
import holdfast.vrrp.VirtualLink.Kind;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/// Makes the interfaces of virtual routers, keeps them there, and takes them away.
///
/// They are made before their routers take any role, so that a takeover waits for none. What the
/// kernel refuses is said once and tried again. Confined to one thread.
final class VirtualLinks {

    private static final Duration RETRY_MIN = Duration.ofSeconds(1);
    private static final Duration RETRY_MAX = Duration.ofMinutes(1);

    /// From nothing to an interface that sends takes fewer steps.
    private static final int ROUNDS_MAX = 8;

    private final Reporter reporter;
    private final RouteSocket commands;
    private final LinkPort links;
    private boolean quietGroups;
    private final Ledger ledger;
    private final KernelSettings settings;
    private final Map<Integer, Wanted> fitted = new TreeMap<>();

    /// What did not work, in words; said once.
    private final Set<String> failing = new HashSet<>();

    private LinkOrders orders = LinkOrders.NONE;
    private long around;
    private Duration retryAfter = RETRY_MIN;
    private MonoTime retryAt = MonoTime.NEVER;

    /// @param quietGroups whether the kernel shall not report groups that stay on the link
    /// @param notes where what must be undone is written down
    VirtualLinks(
            Reporter reporter,
            RouteSocket commands,
            LinkPort links,
            boolean quietGroups,
            Path notes)
            throws IOException {
        this.reporter = reporter;
        this.commands = commands;
        this.links = links;
        this.quietGroups = quietGroups;
        this.ledger = Ledger.read(notes);
        this.settings = new KernelSettings(reporter, ledger);
    }

    /// Makes what is wanted, and takes away what is not.
    void want(MonoTime now, LinkOrders next) throws SyscallException {
        orders = next;
        around = 0;
        follow(now);
    }

    /// Looks again, after something changed. Says whether anything was done.
    void follow(MonoTime now) throws SyscallException {
        boolean nothingLeft = ledger.links().isEmpty() && ledger.settings().isEmpty();
        if (orders.wanted().isEmpty() && nothingLeft && !quietGroups) {
            retryAt = MonoTime.NEVER;
            return;
        }
        fitted.keySet().removeIf(index -> links.table().link(index).isEmpty());
        boolean failed = false;
        boolean settled = true;
        for (int round = 0; round < ROUNDS_MAX && !failed; round++) {
            settled = lookAround();
            List<LinkPlan.Step> steps = LinkPlan.of(orders, ledger.links(), fitted, links.table());
            if (steps.isEmpty()) {
                break;
            }
            for (LinkPlan.Step step : steps) {
                failed |= !carryOut(step);
            }
            links.read();
        }
        scheduleRetry(now, failed || !settled);
    }

    private void scheduleRetry(MonoTime now, boolean failed) {
        if (failed) {
            retryAt = now.plus(retryAfter);
            Duration longer = retryAfter.multipliedBy(2);
            retryAfter = longer.compareTo(RETRY_MAX) < 0 ? longer : RETRY_MAX;
        } else {
            retryAt = MonoTime.NEVER;
            retryAfter = RETRY_MIN;
            failing.clear();
        }
    }

    /// Settings of other interfaces, when there are others than the last time. False if it must be
    /// looked again.
    private boolean lookAround() {
        long now = 1;
        for (Link link : links.table().all()) {
            now += link.name().hashCode() * 31L + link.index();
        }
        if (now == around) {
            return true;
        }
        int ofAll = number(LinkSettings.RP_FILTER_OF_ALL, 0);
        Map<String, Integer> filters = new LinkedHashMap<>();
        if (ofAll != 0 && orders.wanted().stream().anyMatch(Wanted::inet)) {
            for (Link link : links.table().all()) {
                String name = link.name();
                filters.put(name, number("ipv4/conf/" + name + "/rp_filter", link.index()));
            }
            filters.put("default", number("ipv4/conf/default/rp_filter", 0));
        }
        List<KernelSettings.Wanted> wanted = new ArrayList<>();
        if (quietGroups) {
            wanted.add(KernelSettings.Wanted.of(LinkSettings.REPORTS_OF_LOCAL_GROUPS, 0));
        }
        wanted.addAll(LinkSettings.around(orders, links.table(), ofAll, filters));
        boolean settled = settings.hold(wanted, links.table());
        around = settled ? now : 0;
        return settled;
    }

    private int number(String key, int index) {
        try {
            return Integer.parseInt(settings.original(key, index).orElse("0"));
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    private boolean carryOut(LinkPlan.Step step) {
        return switch (step) {
            case LinkPlan.Step.Create(var link, int base) -> create(link, base);
            case LinkPlan.Step.FitOut fitOut -> fitOut(fitOut);
            case LinkPlan.Step.Enslave(var name, int index, int master) ->
                    tell(
                            "move " + name + " to another VRF",
                            (out, number) -> LinkCodec.setMaster(out, number, index, master));
            case LinkPlan.Step.Remove(var name, int index) -> remove(name, index);
            case LinkPlan.Step.Borrow(var name, var address) -> {
                InterfaceAddress quiet = quiet(address);
                yield tell(
                        "add " + address.prefix() + " to " + name,
                        (out, number) -> AddressCodec.add(out, number, quiet));
            }
            case LinkPlan.Step.GiveUp(var name, var address) ->
                    tell(
                            "delete " + address.prefix() + " from " + name,
                            (out, number) -> AddressCodec.delete(out, number, address));
            case LinkPlan.Step.Refuse(var name) -> {
                complain(name + " cannot be made: there is another interface of this name");
                yield false;
            }
        };
    }

    private boolean create(VirtualLink link, int base) {
        boolean made =
                tell(
                        "make " + link.name() + " on " + link.base(),
                        (out, number) -> {
                            switch (link.kind()) {
                                case Kind.Vmac(var mac) ->
                                        LinkCodec.addMacvlan(out, number, link.name(), base, mac);
                                case Kind.Ipvlan(var mode, _) ->
                                        LinkCodec.addIpvlan(
                                                out,
                                                number,
                                                link.name(),
                                                base,
                                                LinkPlan.flags(mode));
                            }
                        });
        if (made) {
            reporter.log(Level.INFO, "Made " + link.name() + " on " + link.base());
        }
        return made;
    }

    private boolean fitOut(LinkPlan.Step.FitOut step) {
        VirtualLink link = step.wanted().link();
        int index = step.index();
        note(link.name(), index);
        settings.set(LinkSettings.of(step.wanted()));
        List<RouteSocket.Order> deeds = new ArrayList<>();
        deeds.add((out, number) -> LinkCodec.setMaster(out, number, index, step.master()));
        int group = link.group().orElse(step.base().group());
        deeds.add((out, number) -> LinkCodec.setGroup(out, number, index, group));
        deeds.add((out, number) -> LinkCodec.set(out, number, index, true));
        if (link.touchesBase()) {
            Link base = step.base();
            deeds.add((out, number) -> LinkCodec.setGroup(out, number, base.index(), base.group()));
        }
        boolean done = true;
        for (RouteSocket.Outcome outcome : commands.carryOut(deeds)) {
            if (!outcome.isDone()) {
                complain("Cannot set up " + link.name() + ": " + outcome.words());
                done = false;
            }
        }
        if (link.kind() instanceof Kind.Ipvlan(_, var address) && address.isPresent()) {
            InterfaceAddress own = InterfaceAddress.plain(index, address.get());
            done &=
                    tell(
                            "add " + address.get() + " to " + link.name(),
                            (out, number) -> AddressCodec.add(out, number, own));
        }
        if (done) {
            fitted.put(index, step.wanted());
        }
        return done;
    }

    private boolean remove(String name, int index) {
        boolean gone =
                tell("remove " + name, (out, number) -> LinkCodec.delete(out, number, index));
        if (gone) {
            fitted.remove(index);
            if (ledger.links().remove(name, index)) {
                save();
            }
        }
        return gone;
    }

    private void note(String name, int index) {
        Integer before = ledger.links().put(name, index);
        if (before == null || before != index) {
            save();
        }
    }

    private void save() {
        try {
            ledger.save();
        } catch (IOException e) {
            complain("Cannot note what is to be undone: " + e.getMessage());
        }
    }

    /// Not looked for on the wire, since another interface of ours has it too, and the source of
    /// nothing that does not ask for it.
    private static InterfaceAddress quiet(InterfaceAddress address) {
        return new InterfaceAddress(
                address.index(),
                address.prefix(),
                address.peer(),
                address.broadcast(),
                address.label(),
                address.scope(),
                InterfaceAddress.IFA_F_NODAD,
                AddressActuator.PROTOCOL,
                0,
                InterfaceAddress.FOREVER);
    }

    /// Whether it is done, or is so already.
    private boolean tell(String deed, RouteSocket.Order order) {
        RouteSocket.Outcome outcome = commands.carryOut(List.of(order)).getFirst();
        boolean done =
                outcome.isDone()
                        || outcome.is(Errno.EEXIST)
                        || outcome.is(Errno.ENODEV)
                        || outcome.is(Errno.EADDRNOTAVAIL);
        if (!done) {
            complain("Cannot " + deed + ": " + outcome.words());
        }
        return done;
    }

    private void complain(String words) {
        if (failing.add(words)) {
            reporter.log(Level.WARNING, words);
        }
    }

    /// Those with MAC addresses of their own, as they are now.
    List<Macvlan> macvlans() {
        List<Macvlan> macvlans = new ArrayList<>();
        for (Map.Entry<Integer, Wanted> entry : fitted.entrySet()) {
            int index = entry.getKey();
            Wanted wanted = entry.getValue();
            Optional<Link> link = links.table().link(index);
            if (wanted.link().isVmac() && link.isPresent()) {
                List<IpAddress> borrowed =
                        links.table().addresses(index).stream()
                                .filter(one -> LinkPlan.isHosts(orders, one))
                                .map(InterfaceAddress::address)
                                .toList();
                macvlans.add(
                        new Macvlan(
                                index,
                                link.get().parent(),
                                wanted.inet(),
                                wanted.inet6(),
                                borrowed));
            }
        }
        return macvlans;
    }

    /// Takes everything away that is ours, and puts back what was changed for it.
    void withdraw(MonoTime now) throws SyscallException {
        quietGroups = false;
        want(now, LinkOrders.NONE);
    }

    MonoTime deadline() {
        return retryAt;
    }
}
