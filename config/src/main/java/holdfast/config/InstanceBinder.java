package holdfast.config;

import holdfast.net.Family;
import holdfast.net.IpAddress;
import holdfast.net.IpPrefix;
import holdfast.vrrp.Authentication;
import holdfast.vrrp.Place;
import holdfast.vrrp.Timing;
import holdfast.vrrp.Tracking;
import holdfast.vrrp.Transport;
import holdfast.vrrp.Version;
import holdfast.vrrp.VirtualAddress;
import holdfast.vrrp.VrrpSpec;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Binds one `vrrp_instance`.
final class InstanceBinder {

    private final KeywordTable table;
    private final Context context;
    private final Trackables trackables;
    private final RoutingBinder routing;
    private final Entry block;
    private final Section inner;
    private final boolean strict;

    InstanceBinder(
            KeywordTable table,
            Context context,
            Trackables trackables,
            RoutingBinder routing,
            Entry block) {
        this.table = table;
        this.context = context;
        this.trackables = trackables;
        this.routing = routing;
        this.block = block;
        this.inner = block.inner();
        this.strict = context.flag(inner, "strict_mode", "vrrp_strict");
    }

    /// The instance; empty if it cannot run, which was complained about.
    Optional<VrrpSpec> bind() {
        Optional<String> interfaceName = inner.text("interface");
        if (!interfaceIsGood(interfaceName)) {
            return Optional.empty();
        }
        PlaceBinder places = new PlaceBinder(context, inner, interfaceName, strict);
        Set<IpAddress> ownMacs = new HashSet<>();
        List<VirtualAddress> all = addresses("virtual_ipaddress", interfaceName, ownMacs);
        Family family = family(all);
        List<VirtualAddress> excluded =
                new ArrayList<>(addresses("virtual_ipaddress_excluded", interfaceName, ownMacs));
        List<VirtualAddress> advertised = advertised(all, family, excluded);
        places.settle(family, vrid());
        advertised.replaceAll(one -> places.place(one, ownMacs.contains(one.address())));
        excluded.replaceAll(one -> places.place(one, ownMacs.contains(one.address())));
        TransportBinder transports = new TransportBinder(context);
        Optional<IpAddress> source =
                transports.source(inner, family).or(() -> places.address().map(IpPrefix::address));
        Transport transport = transports.transport(inner, family, source);
        Place place = places.place(transport);
        Version version = version(family);
        boolean named = hasVrid();
        boolean placed = hasPlace(interfaceName, transport, source);
        boolean filled = hasAddresses(advertised, version);
        boolean strictEnough = !strict || isStrictEnough(interfaceName, transport, advertised);
        boolean runs = named && placed && filled && strictEnough;
        Timing timing = new TimingBinder(context).bind(inner, version, strict);
        Authentication authentication =
                new AuthenticationBinder(context).bind(inner, version, timing, strict);
        if (!runs) {
            return Optional.empty();
        }
        return Optional.of(
                new VrrpSpec(
                        block.text(),
                        vrid(),
                        version,
                        family,
                        place,
                        transport,
                        source,
                        new ElectionBinder(context).bind(inner, strict),
                        timing,
                        authentication,
                        advertised,
                        excluded,
                        accept(version),
                        routing.ofInstance(inner),
                        inner.has("skip_check_adv_addr")
                                || context.globals().flag("vrrp_skip_check_adv_addr").orElse(false),
                        inner.has("promote_secondaries"),
                        new AnnouncingBinder(context).bind(inner, strict),
                        tracking(interfaceName),
                        new NotifyBinder(context).bind(inner),
                        new ConductBinder(context)
                                .bind(inner, strict, version, family, transport)));
    }

    private Tracking tracking(Optional<String> interfaceName) {
        boolean primary = interfaceName.isPresent() && !inner.has("dont_track_primary");
        return new TrackingReader(context, trackables).read(inner, primary, interfaceName);
    }

    /// The last word counts; without one, only strict routers accept nothing.
    private boolean accept(Version version) {
        if (strict && version == Version.V2) {
            return false; // RFC 3768 leaves no choice.
        }
        boolean accept = !strict;
        for (Entry entry : inner.entries()) {
            accept = entry.name().equals("accept") || (accept && !entry.name().equals("no_accept"));
        }
        return accept;
    }

    private boolean interfaceIsGood(Optional<String> name) {
        if (name.isEmpty()) {
            return true; // Unicast does without; see hasPlace.
        }
        Word word = inner.last("interface").orElseThrow().word(0);
        if (!context.mayName(name.get())) {
            context.findings().fatal(word, "there is no interface '" + name.get() + "'");
            return false;
        }
        if (context.host().link(name.get()).map(HostFacts.Link::isLoopback).orElse(false)) {
            context.findings().fatal(word, "'" + name.get() + "' is a loopback interface");
            return false;
        }
        return true;
    }

    /// 0 where there is none, which is complained about.
    private int vrid() {
        return inner.number("virtual_router_id").map(Context::toInt).orElse(0);
    }

    private boolean hasVrid() {
        if (!inner.has("virtual_router_id")) {
            context.findings()
                    .fatal(block.at(), "'%s' has no virtual_router_id".formatted(block.text()));
        }
        return inner.has("virtual_router_id");
    }

    private boolean hasPlace(
            Optional<String> interfaceName, Transport transport, Optional<IpAddress> source) {
        boolean unicast = transport instanceof Transport.Unicast && source.isPresent();
        if (interfaceName.isEmpty() && !unicast) {
            context.findings().fatal(block.at(), "'%s' has no interface".formatted(block.text()));
        }
        return interfaceName.isPresent() || unicast;
    }

    private boolean hasAddresses(List<VirtualAddress> advertised, Version version) {
        if (!advertised.isEmpty() || (inner.has("no_virtual_ipaddress") && !strict)) {
            return true;
        }
        String message = "'%s' has no virtual_ipaddress".formatted(block.text());
        if (strict || version == Version.V3) {
            context.findings().fatal(block.at(), message);
            return false;
        }
        context.findings()
                .error(block.at(), message, "write no_virtual_ipaddress if that is meant");
        return true;
    }

    private boolean isStrictEnough(
            Optional<String> interfaceName, Transport transport, List<VirtualAddress> advertised) {
        StrictRules rules = new StrictRules(context, block);
        rules.complain(family(advertised), advertised);
        return rules.permit(interfaceName, transport);
    }

    /// The first address decides; without one, the other addresses of the block do.
    private Family family(List<VirtualAddress> addresses) {
        if (inner.has("native_ipv6")) {
            return Family.INET6;
        }
        if (!addresses.isEmpty()) {
            return addresses.getFirst().address().family();
        }
        Optional<Family> peer =
                inner.all("unicast_peer").stream()
                        .flatMap(list -> list.lines().stream())
                        .flatMap(line -> Scalars.address(line.keyword().text()).value().stream())
                        .map(IpAddress::family)
                        .findFirst();
        return inner.address("unicast_src_ip")
                .or(() -> inner.address("mcast_src_ip"))
                .map(IpAddress::family)
                .or(() -> peer)
                .orElse(Family.INET);
    }

    private Version version(Family family) {
        Optional<Entry> own = inner.last("version");
        long number =
                own.map(Entry::number)
                        .or(() -> context.globals().number("vrrp_version"))
                        .orElse(2L);
        if (family == Family.INET6) {
            own.filter(entry -> entry.number() == 2)
                    .ifPresent(
                            entry ->
                                    context.findings()
                                            .error(
                                                    entry.word(0),
                                                    "IPv6 needs version 3, and uses it"));
            return Version.V3;
        }
        return number == 3 ? Version.V3 : Version.V2;
    }

    private List<VirtualAddress> addresses(
            String keyword, Optional<String> interfaceName, Set<IpAddress> ownMacs) {
        AddressLine reader =
                new AddressLine(
                        table,
                        context,
                        "vrrp_instance/" + keyword + "#line",
                        interfaceName,
                        Optional.empty());
        Map<IpAddress, VirtualAddress> addresses = new LinkedHashMap<>();
        for (Entry list : inner.all(keyword)) {
            for (Statement line : list.lines()) {
                Optional<VirtualAddress> address = reader.read(line);
                if (address.isPresent()
                        && addresses.putIfAbsent(address.get().address(), address.get()) != null) {
                    context.findings().error(line.keyword(), "this address stands here already");
                } else if (address.isPresent() && reader.wantsVmac(line)) {
                    ownMacs.add(address.get().address());
                }
            }
        }
        return List.copyOf(addresses.values());
    }

    /// Those that fit an advert. Of the rest, what is of the family still goes to the interface.
    private List<VirtualAddress> advertised(
            List<VirtualAddress> all, Family family, List<VirtualAddress> excluded) {
        int most = fitting(family);
        List<VirtualAddress> advertised = new ArrayList<>();
        for (VirtualAddress address : all) {
            if (address.address().family() != family) {
                context.findings()
                        .error(
                                block.at(),
                                "'%s' mixes IPv4 and IPv6; %s is left out"
                                        .formatted(block.text(), address.prefix()),
                                "virtual_ipaddress_excluded takes addresses of the other family");
            } else if (advertised.size() < most) {
                advertised.add(address);
            } else {
                excluded.add(address);
            }
        }
        if (all.size() > advertised.size() && advertised.size() == most) {
            context.findings()
                    .error(
                            block.at(),
                            "only %d addresses fit an advert; the others are not advertised"
                                    .formatted(most));
        }
        return advertised;
    }

    /// The count has one octet.
    private static final int ADDRESSES_MAX = 255;

    private static final int USUAL_MTU = 1500;

    /// The headers of IPv4, authentication, and VRRP, and the password behind the addresses.
    private static final int AROUND = 20 + 24 + 8 + 8;

    /// The headers of IPv6 and VRRP.
    private static final int AROUND6 = 40 + 8;

    /// How many addresses an advert has room for.
    private int fitting(Family family) {
        int mtu =
                inner.text("interface")
                        .flatMap(context.host()::link)
                        .map(HostFacts.Link::mtu)
                        .orElse(USUAL_MTU);
        int room =
                switch (family) {
                    case INET -> (mtu - AROUND) / 4;
                    case INET6 -> (mtu - AROUND6) / 16;
                };
        return Math.clamp(room, 1, ADDRESSES_MAX);
    }
}
