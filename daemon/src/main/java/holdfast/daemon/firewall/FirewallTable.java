package holdfast.daemon.firewall;

import holdfast.config.FirewallSpec;
import holdfast.daemon.firewall.FirewallRules.Way;
import holdfast.net.IpAddress;
import holdfast.netlink.nft.ChainHook;
import holdfast.netlink.nft.DataType;
import holdfast.netlink.nft.Fields;
import holdfast.netlink.nft.NftBatch;
import holdfast.netlink.nft.NftFamily;
import holdfast.netlink.nft.SetElement;
import holdfast.netlink.nft.SetSpec;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/// Our table of one family: what it consists of, and how its sets change.
///
/// Names are those that operators know from Keepalived.
final class FirewallTable {

    /// An element of one of the two sets of addresses.
    ///
    /// @param onLink whether it says on which link the address is meant
    record Member(boolean onLink, SetElement element) {}

    private static final String IN = "in";
    private static final String OUT = "out";
    private static final String IN_LINK_LOCAL = "in_link_local";
    private static final String OUT_LINK_LOCAL = "out_link_local";
    private static final String VIPS = "vips";
    private static final String LINK_LOCAL_BY_INDEX = "vips_link_local";
    private static final String LINK_LOCAL_BY_NAME = "vips_link_local_name";
    private static final String NEIGHBOURS = "neighbor-discovery";
    private static final byte[] SOLICITATION = {(byte) 135};
    private static final byte[] ADVERTISEMENT = {(byte) 136};

    /// Elements of one message, whose attributes have at most 64 KiB.
    private static final int ELEMENTS_MAX = 500;

    private final NftFamily family;
    private final FirewallSpec spec;
    private final FirewallRules rules;

    FirewallTable(NftFamily family, FirewallSpec spec) {
        this.family = family;
        this.spec = spec;
        this.rules = new FirewallRules(family, spec.counters());
    }

    /// Makes the table in the place of whatever a predecessor left.
    ///
    /// @param macvlans those that carry this family
    /// @param blocking whether addresses are blocked, or will be
    void make(
            NftBatch batch, List<Macvlan> macvlans, boolean blocking, Collection<Member> members) {
        MacvlanRules ofMacvlans = new MacvlanRules(family, rules, macvlans);
        batch.addTable();
        batch.deleteTable();
        batch.addTable();
        ofMacvlans.addSets(batch);
        if (!blocking) {
            baseChain(batch, OUT, ChainHook.Point.OUTPUT);
            ofMacvlans.addRules(batch, OUT);
            return;
        }
        List<DataType> address =
                List.of(family == NftFamily.IP6 ? DataType.IPV6_ADDRESS : DataType.IPV4_ADDRESS);
        batch.addSet(set(VIPS, 1, 0, address));
        baseChain(batch, OUT, ChainHook.Point.OUTPUT);
        baseChain(batch, IN, ChainHook.Point.INPUT);
        ofMacvlans.addRules(batch, OUT);
        if (family == NftFamily.IP6) {
            neighbours(batch);
            onLink(batch);
        }
        batch.addRule(IN, rules.drop(Way.IN, VIPS));
        batch.addRule(OUT, rules.drop(Way.OUT, VIPS));
        add(batch, members);
    }

    private void neighbours(NftBatch batch) {
        List<DataType> type = List.of(DataType.ICMPV6_TYPE);
        batch.addSet(set(NEIGHBOURS, 2, SetSpec.CONSTANT, type));
        batch.addElements(
                NEIGHBOURS, 2, List.of(SetElement.of(SOLICITATION), SetElement.of(ADVERTISEMENT)));
        batch.addRule(IN, rules.acceptTypes(NEIGHBOURS));
        batch.addRule(OUT, rules.acceptTypes(NEIGHBOURS));
    }

    private void onLink(NftBatch batch) {
        boolean byIndex = spec.byIndex();
        DataType link = byIndex ? DataType.INTERFACE_INDEX : DataType.INTERFACE_NAME;
        batch.addSet(set(onLinkSet(), 3, 0, List.of(DataType.IPV6_ADDRESS, link)));
        batch.addChain(IN_LINK_LOCAL);
        batch.addChain(OUT_LINK_LOCAL);
        batch.addRule(IN, rules.onLink(Way.IN, IN_LINK_LOCAL));
        batch.addRule(OUT, rules.onLink(Way.OUT, OUT_LINK_LOCAL));
        batch.addRule(IN_LINK_LOCAL, rules.drop(Way.IN, onLinkSet(), byIndex));
        batch.addRule(OUT_LINK_LOCAL, rules.drop(Way.OUT, onLinkSet(), byIndex));
    }

    private String onLinkSet() {
        return spec.byIndex() ? LINK_LOCAL_BY_INDEX : LINK_LOCAL_BY_NAME;
    }

    private void baseChain(NftBatch batch, String name, ChainHook.Point point) {
        batch.addBaseChain(name, new ChainHook("filter", point, spec.priority(), true));
    }

    private static SetSpec set(String name, int id, int flags, List<DataType> key) {
        return new SetSpec(name, id, flags, key, new SetSpec.Value.None(), 0, 0);
    }

    /// How the sets hold an address that means the same everywhere.
    static Member anywhere(IpAddress address) {
        return new Member(false, SetElement.of(new Fields().address(address).octets()));
    }

    /// How they hold one that means something on its link only.
    ///
    /// @param index of the interface, which counts if the table is kept by indexes
    Member onLink(IpAddress address, String interfaceName, int index) {
        Fields fields = new Fields().address(address);
        Fields all = spec.byIndex() ? fields.number(index) : fields.interfaceName(interfaceName);
        return new Member(true, SetElement.of(all.octets()));
    }

    void add(NftBatch batch, Collection<Member> members) {
        change(members, (set, elements) -> batch.addElements(set, 0, elements));
    }

    void remove(NftBatch batch, Collection<Member> members) {
        change(members, batch::deleteElements);
    }

    private interface Change {
        void of(String set, List<SetElement> elements);
    }

    private void change(Collection<Member> members, Change change) {
        List<SetElement> anywhere = new ArrayList<>();
        List<SetElement> onLink = new ArrayList<>();
        for (Member member : members) {
            (member.onLink() ? onLink : anywhere).add(member.element());
        }
        changeInParts(VIPS, anywhere, change);
        changeInParts(onLinkSet(), onLink, change);
    }

    private static void changeInParts(String set, List<SetElement> elements, Change change) {
        for (int from = 0; from < elements.size(); from += ELEMENTS_MAX) {
            int to = Math.min(elements.size(), from + ELEMENTS_MAX);
            change.of(set, elements.subList(from, to));
        }
    }
}
