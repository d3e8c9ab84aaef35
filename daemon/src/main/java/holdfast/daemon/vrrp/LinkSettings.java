package holdfast.daemon.vrrp;

import holdfast.daemon.vrrp.LinkOrders.Wanted;
import holdfast.netlink.rt.Link;
import holdfast.vrrp.VirtualLink;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// The parameters of the kernel that interfaces of virtual routers need (ip-sysctl.txt). Pure.
final class LinkSettings {

    static final String REPORTS_OF_LOCAL_GROUPS = "ipv4/igmp_link_local_mcast_reports";
    static final String RP_FILTER_OF_ALL = "ipv4/conf/all/rp_filter";
    private static final String RP_FILTER_OF_DEFAULT = "ipv4/conf/default/rp_filter";

    private LinkSettings() {}

    /// What a new interface is told before it is set up; it goes with the interface.
    static Map<String, String> of(Wanted wanted) {
        VirtualLink link = wanted.link();
        Map<String, String> settings = new LinkedHashMap<>();
        String name = link.name();
        settings.put("ipv6/conf/" + name + "/disable_ipv6", wanted.inet6() ? "0" : "1");
        if (!link.isVmac()) {
            return settings; // It has the MAC address of its base, and answers as that does.
        }
        // Answers for its own addresses alone; without any, for none of the host's others.
        settings.put("ipv4/conf/" + name + "/arp_ignore", "1");
        if (wanted.inet()) {
            // Hears what comes from addresses of the base.
            settings.put("ipv4/conf/" + name + "/accept_local", "1");
            settings.put("ipv4/conf/" + name + "/rp_filter", "0");
            settings.put("ipv4/conf/" + name + "/promote_secondaries", "1");
        }
        // Its MAC address is that of others too, so no address shall be made of it.
        settings.put("ipv6/conf/" + name + "/addr_gen_mode", "1");
        settings.put("ipv6/conf/" + name + "/accept_ra", "0");
        settings.put("ipv6/conf/" + name + "/autoconf", "0");
        return settings;
    }

    /// What other interfaces are told meanwhile, and what they have back afterwards.
    ///
    /// The strictest of `all` and the interface's own `rp_filter` counts, so that of `all` goes to
    /// each interface instead: a VMAC hears what would come back through another.
    ///
    /// @param filterOfAll the `rp_filter` of `all`, when nobody has changed it
    /// @param filters the `rp_filter` of each interface, when nobody has changed it
    static List<KernelSettings.Wanted> around(
            LinkOrders orders, LinkTable links, int filterOfAll, Map<String, Integer> filters) {
        Map<String, Link> bases = new TreeMap<>();
        boolean hasInet = false;
        for (Wanted one : orders.wanted()) {
            if (one.link().isVmac() && one.inet()) {
                hasInet = true;
                links.link(one.link().base()).ifPresent(base -> bases.put(base.name(), base));
            }
        }
        List<KernelSettings.Wanted> settings = new ArrayList<>();
        bases.values()
                .forEach(
                        base -> {
                            // Else the base would answer for addresses of its VMACs.
                            settings.add(wanted(base, "arp_ignore", 1));
                            settings.add(wanted(base, "arp_filter", 1));
                        });
        if (!hasInet || filterOfAll == 0) {
            return settings;
        }
        filters.forEach(
                (name, own) -> {
                    Link link = links.link(name).orElse(null);
                    if (own < filterOfAll && link != null && !isWanted(orders, name)) {
                        settings.add(wanted(link, "rp_filter", filterOfAll));
                    }
                });
        if (filters.getOrDefault("default", filterOfAll) < filterOfAll) {
            settings.add(KernelSettings.Wanted.of(RP_FILTER_OF_DEFAULT, filterOfAll));
        }
        settings.add(KernelSettings.Wanted.of(RP_FILTER_OF_ALL, 0));
        return settings;
    }

    private static KernelSettings.Wanted wanted(Link link, String parameter, int value) {
        return new KernelSettings.Wanted(
                "ipv4/conf/" + link.name() + "/" + parameter,
                link.index(),
                Integer.toString(value));
    }

    private static boolean isWanted(LinkOrders orders, String name) {
        return orders.wanted().stream().anyMatch(one -> one.link().name().equals(name));
    }
}
