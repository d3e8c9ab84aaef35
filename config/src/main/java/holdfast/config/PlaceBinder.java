package holdfast.config;

import holdfast.net.Family;
import holdfast.net.IpPrefix;
import holdfast.net.MacAddress;
import holdfast.vrrp.Place;
import holdfast.vrrp.Transport;
import holdfast.vrrp.VirtualAddress;
import holdfast.vrrp.VirtualLink;
import holdfast.vrrp.VirtualLink.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Binds where an instance lives: its interface, and those made for it and its addresses.
final class PlaceBinder {

    private final Context context;
    private final Section block;
    private final Optional<String> interfaceName;
    private final boolean strict;
    private final Optional<LinkWords> words;
    private final Optional<String> chosenName;
    private final List<VirtualLink> others = new ArrayList<>();
    private Optional<VirtualLink> own = Optional.empty();
    private Optional<MacAddress> chosenMac = Optional.empty();
    private Family family = Family.INET;
    private int vrid;

    /// Takes the name that is chosen for an interface, so that addresses may mention it.
    PlaceBinder(Context context, Section block, Optional<String> interfaceName, boolean strict) {
        this.context = context;
        this.block = block;
        this.interfaceName = interfaceName;
        this.strict = strict;
        this.words = wanted().map(entry -> new LinkWords(context, entry));
        this.chosenName = words.flatMap(LinkWords::name).flatMap(this::taken);
    }

    private Optional<Entry> wanted() {
        Optional<Entry> vmac = block.last("use_vmac");
        Optional<Entry> ipvlan = block.last("use_ipvlan");
        if (vmac.isPresent() && ipvlan.isPresent()) {
            context.findings()
                    .error(ipvlan.get().at(), "ignored, since 'use_vmac' stands here too");
        }
        Optional<Entry> wanted = vmac.or(() -> ipvlan);
        if (wanted.isPresent() && interfaceName.isEmpty()) {
            context.findings().error(wanted.get().at(), "ignored, since there is no interface");
            return Optional.empty();
        }
        return wanted;
    }

    private Optional<String> taken(Word name) {
        if (context.links().take(name.text())) {
            return Optional.of(name.text());
        }
        context.findings().error(name, "another interface has this name");
        return Optional.empty();
    }

    /// Makes the interface of the instance, if it wants one.
    void settle(Family kin, int number) {
        family = kin;
        vrid = number;
        if (words.isEmpty()) {
            return;
        }
        Kind kind;
        if (words.get().isVmac()) {
            chosenMac = chosenMac(words.get());
            kind = new Kind.Vmac(mac(family));
        } else {
            kind = new Kind.Ipvlan(words.get().mode(), address(words.get()));
        }
        String name =
                chosenName.orElseGet(() -> context.links().next(prefix("vmac_prefix"), kin, vrid));
        own =
                Optional.of(
                        new VirtualLink(
                                name,
                                interfaceName.orElseThrow(),
                                family,
                                kind,
                                words.get().group(),
                                words.get().touchesBase()));
    }

    private Optional<MacAddress> chosenMac(LinkWords from) {
        Optional<MacAddress> mac = from.mac(vrid);
        if (mac.isPresent() && strict) {
            context.findings()
                    .error(from.at(), "strict mode has no other MAC address than the standard's");
            return Optional.empty();
        }
        return mac;
    }

    private Optional<IpPrefix> address(LinkWords from) {
        Optional<IpPrefix> address = from.address();
        if (address.isPresent() && address.get().address().family() != family) {
            context.findings().error(from.at(), "the address is not of the instance's family");
            return Optional.empty();
        }
        if (address.isEmpty() && family == Family.INET) {
            context.findings().error(from.at(), "an IPVLAN for IPv4 needs an address");
        }
        return address;
    }

    /// The address that adverts come from, if the interface made for them has one.
    Optional<IpPrefix> address() {
        return own.flatMap(
                link ->
                        link.kind() instanceof Kind.Ipvlan(_, var address)
                                ? address
                                : Optional.empty());
    }

    /// Puts an address where it shall live that was configured for an interface.
    ///
    /// @param ownMac whether its line has `use_vmac`
    VirtualAddress place(VirtualAddress address, boolean ownMac) {
        String base = address.interfaceName();
        boolean home = interfaceName.equals(Optional.of(base));
        boolean alien = address.address().family() != family;
        boolean wantsMac = ownMac || block.has("use_vmac_addr") && (!home || alien);
        // An IPVLAN is for adverts: as in Keepalived, addresses stay on the base.
        if (home
                && own.isPresent()
                && own.get().isVmac()
                && (!wantsMac || !alien || chosenMac.isPresent())) {
            return address.on(own.get().name());
        }
        boolean made = context.links().has(base);
        return wantsMac && !made ? address.on(other(base, address.address().family())) : address;
    }

    private String other(String base, Family kin) {
        Kind kind = new Kind.Vmac(mac(kin));
        for (VirtualLink link : others) {
            if (link.base().equals(base) && link.kind().equals(kind)) {
                return link.name();
            }
        }
        String prefix =
                context.globals().has("vmac_addr_prefix")
                        ? prefix("vmac_addr_prefix")
                        : prefix("vmac_prefix");
        String name = context.links().next(prefix, kin, vrid);
        others.add(new VirtualLink(name, base, kin, kind, Optional.empty(), false));
        return name;
    }

    private String prefix(String keyword) {
        return context.globals().text(keyword).filter(LinkNames::isPrefix).orElse(LinkNames.PREFIX);
    }

    private MacAddress mac(Family kin) {
        return chosenMac.orElseGet(() -> VirtualLink.routerMac(kin, vrid));
    }

    /// All of it, when the addresses are placed.
    Place place(Transport transport) {
        boolean vmac = own.map(VirtualLink::isVmac).orElse(false);
        Optional<Entry> wished = block.last("vmac_xmit_base");
        boolean throughBase = vmac && wished.isPresent();
        if (wished.isPresent() && !vmac) {
            context.findings()
                    .warning(wished.get().at(), "'vmac_xmit_base' needs use_vmac; it is ignored");
        } else if (wished.isPresent() && strict) {
            context.findings()
                    .error(
                            wished.get().at(),
                            "not in strict mode, where VMACs send; it is ignored");
            throughBase = false;
        }
        // What goes to one address comes in where that address is.
        boolean unicast = transport instanceof Transport.Unicast;
        return new Place(interfaceName, own, throughBase || vmac && unicast, others, vrf());
    }

    private Optional<String> vrf() {
        Optional<Entry> vrf = block.last("vrf");
        if (vrf.isEmpty()) {
            return Optional.empty();
        }
        if (interfaceName.isPresent()) {
            context.findings()
                    .warning(
                            vrf.get().at(),
                            "'vrf' is for instances without an interface; it is ignored");
            return Optional.empty();
        }
        if (!context.mayName(vrf.get().text())) {
            context.findings()
                    .fatal(vrf.get().word(0), "there is no VRF '" + vrf.get().text() + "'");
        }
        return Optional.of(vrf.get().text());
    }
}
