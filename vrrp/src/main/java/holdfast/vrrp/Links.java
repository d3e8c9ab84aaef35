package holdfast.vrrp;

import holdfast.net.IpAddress;
import holdfast.net.IpPrefix;
import holdfast.time.MonoTime;
import holdfast.vrrp.VrrpEvent.LinkGone;
import holdfast.vrrp.VrrpEvent.LinkIs;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The interfaces of a host, as virtual routers see them: a change from up to down or back may
/// have to last until it counts. An interface that is gone is gone at once.
final class Links {

    private final Map<String, LinkIs> heard = new HashMap<>();
    private final Map<String, Link> links = new HashMap<>();
    private final Set<IpAddress> virtual = new HashSet<>();
    private final Set<IpAddress> ownersVirtual = new HashSet<>();
    private final Map<String, LinkWatchSpec> watched = new HashMap<>();
    private final Twins twins = new Twins();

    /// Since when an interface is heard of as something else than it counts as.
    private final Map<String, MonoTime> otherSince = new LinkedHashMap<>();

    /// Whether anything changed that a router could depend on.
    boolean on(MonoTime now, LinkIs link) {
        heard.put(link.name(), link);
        twins.on(link);
        return settle(now, link);
    }

    /// Whether anything changed that a router could depend on.
    boolean on(LinkGone link) {
        heard.remove(link.name());
        twins.gone(link.name());
        otherSince.remove(link.name());
        return !Link.GONE.equals(links.put(link.name(), Link.GONE));
    }

    /// Lets changes count that lasted long enough; whether there were any.
    boolean onDeadline(MonoTime now) {
        boolean changed = false;
        for (String name : List.copyOf(otherSince.keySet())) {
            LinkIs link = heard.get(name);
            changed |= link != null && settle(now, link);
        }
        return changed;
    }

    MonoTime deadline() {
        MonoTime first = MonoTime.NEVER;
        if (otherSince.isEmpty()) {
            return first; // As nearly always, and asked after every packet.
        }
        for (Map.Entry<String, MonoTime> entry : otherSince.entrySet()) {
            LinkIs link = heard.get(entry.getKey());
            if (link != null) {
                MonoTime at = entry.getValue().plus(delay(link));
                first = at.isAfter(first) ? first : at;
            }
        }
        return first;
    }

    /// Follows new orders: which addresses belong to virtual routers and never to a host, and how
    /// long a change must last.
    void respecify(MonoTime now, NodeSpec next) {
        virtual.clear();
        ownersVirtual.clear();
        for (VrrpSpec spec : next.instances()) {
            Set<IpAddress> into = spec.isOwner() ? ownersVirtual : virtual;
            spec.addresses().forEach(address -> into.add(address.address()));
            spec.excluded().forEach(address -> into.add(address.address()));
            // What must be there to send from is looked for, whoever else it belongs to.
            if (spec.conduct().tracksSource()) {
                spec.source().ifPresent(ownersVirtual::add);
            }
        }
        watched.clear();
        next.watching().links().forEach(spec -> watched.put(spec.interfaceName(), spec));
        heard.values().forEach(link -> settle(now, link));
        twins.respecify(next.instances());
    }

    /// Null before the first word about an interface.
    @Nullable Link get(String name) {
        return links.get(name);
    }

    /// An interface that nobody has heard of is one that is gone.
    Link present(String name) {
        return links.getOrDefault(name, Link.GONE);
    }

    /// The router of this host that another would be mistaken for.
    Optional<String> twinOf(VrrpSpec spec) {
        return twins.twinOf(spec);
    }

    /// Whether an address is on any interface.
    boolean isAnywhere(IpAddress address) {
        return links.values().stream().anyMatch(link -> link.own().contains(address));
    }

    /// What an interface counts as, after what was heard of it; whether that is something new.
    private boolean settle(MonoTime now, LinkIs link) {
        Link before = links.get(link.name());
        Link seen = seen(link);
        if (before == null || !before.present() || before.up() == seen.up()) {
            otherSince.remove(link.name());
            return !seen.equals(links.put(link.name(), seen));
        }
        MonoTime since = otherSince.computeIfAbsent(link.name(), _ -> now);
        if (!since.plus(delay(link)).isAfter(now)) {
            otherSince.remove(link.name());
            links.put(link.name(), seen);
            return true;
        }
        // One that goes down loses addresses, and has them again when it comes back.
        List<IpAddress> own = before.up() ? before.own() : seen.own();
        Link meanwhile = new Link(true, before.up(), own, seen.base());
        return !meanwhile.equals(links.put(link.name(), meanwhile));
    }

    private Duration delay(LinkIs link) {
        LinkWatchSpec spec = watched.get(link.name());
        if (spec == null) {
            return Duration.ZERO;
        }
        return link.up() ? spec.upDelay() : spec.downDelay();
    }

    private Link seen(LinkIs link) {
        List<IpAddress> own = new ArrayList<>();
        List<IpAddress> owners = new ArrayList<>();
        for (IpPrefix prefix : link.addresses()) {
            IpAddress address = prefix.address();
            if (ownersVirtual.contains(address)) {
                owners.add(address);
            } else if (!virtual.contains(address)) {
                own.add(address);
            }
        }
        own.addAll(owners);
        return new Link(true, link.up(), own, link.base());
    }
}
