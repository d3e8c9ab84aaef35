package holdfast.daemon.firewall;

import holdfast.net.IpAddress;
import holdfast.netlink.nft.DataType;
import holdfast.netlink.nft.Expression;
import holdfast.netlink.nft.Expression.Base;
import holdfast.netlink.nft.Expression.Comparison;
import holdfast.netlink.nft.Expression.MetaKey;
import holdfast.netlink.nft.Fields;
import holdfast.netlink.nft.NftBatch;
import holdfast.netlink.nft.NftFamily;
import holdfast.netlink.nft.Register;
import holdfast.netlink.nft.SetElement;
import holdfast.netlink.nft.SetSpec;
import holdfast.netlink.nft.Verdict;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// What may not leave under a virtual MAC address, in one family's table: switches would learn from
/// it that the address is here while another host is master.
final class MacvlanRules {

    private static final String BASES = "vmac_map";
    private static final String VIRTUAL = "vmac_set";
    private static final String BORROWED = "parent_link_local";

    /// The numbers of the sets within the batch that makes the table.
    private static final int BASES_ID = 11;

    private static final int VIRTUAL_ID = 12;
    private static final int BORROWED_ID = 13;

    private static final int IGMP = 2;
    private static final int MULTICAST_LISTENER_REPORT_V2 = 143;
    private static final int ROUTER_SOLICITATION = 133;
    private static final int NEIGHBOUR_ADVERTISEMENT = 136;
    private static final int IPV4_PROTOCOL_OFFSET = 9;
    private static final int KIND_BYTES = 16;
    private static final int FIRST = Register.at(0);

    private final NftFamily family;
    private final FirewallRules rules;
    private final List<Macvlan> macvlans;

    /// @param macvlans those that carry this family
    MacvlanRules(NftFamily family, FirewallRules rules, List<Macvlan> macvlans) {
        this.family = family;
        this.rules = rules;
        this.macvlans = macvlans;
    }

    boolean isEmpty() {
        return macvlans.isEmpty();
    }

    private boolean borrows() {
        return macvlans.stream().anyMatch(one -> !one.borrowed().isEmpty());
    }

    /// The sets, before any chain that looks into them.
    void addSets(NftBatch batch) {
        if (isEmpty()) {
            return;
        }
        List<DataType> link = List.of(DataType.INTERFACE_INDEX);
        SetSpec.Value base = new SetSpec.Value.Data(link);
        batch.addSet(new SetSpec(BASES, BASES_ID, 0, link, base, 0, 0));
        List<SetElement> moves = new ArrayList<>();
        for (Macvlan one : macvlans) {
            byte[] to = new Fields().number(one.base()).octets();
            moves.add(SetElement.of(new Fields().number(one.index()).octets(), to));
        }
        batch.addElements(BASES, BASES_ID, moves);
        if (family == NftFamily.IP6) {
            batch.addSet(set(VIRTUAL, VIRTUAL_ID, link));
            List<SetElement> all = new ArrayList<>();
            for (Macvlan one : macvlans) {
                all.add(SetElement.of(new Fields().number(one.index()).octets()));
            }
            batch.addElements(VIRTUAL, VIRTUAL_ID, all);
        }
        if (borrows()) {
            batch.addSet(
                    set(
                            BORROWED,
                            BORROWED_ID,
                            List.of(DataType.IPV6_ADDRESS, DataType.INTERFACE_INDEX)));
            batch.addElements(BORROWED, BORROWED_ID, borrowed());
        }
    }

    private List<SetElement> borrowed() {
        List<SetElement> elements = new ArrayList<>();
        for (Macvlan one : macvlans) {
            for (IpAddress address : one.borrowed()) {
                elements.add(
                        SetElement.of(new Fields().address(address).number(one.index()).octets()));
            }
        }
        return elements;
    }

    private static SetSpec set(String name, int id, List<DataType> key) {
        return new SetSpec(name, id, 0, key, new SetSpec.Value.None(), 0, 0);
    }

    /// The rules, before all others of the way out.
    void addRules(NftBatch batch, String out) {
        if (isEmpty()) {
            return;
        }
        batch.addRule(out, moveReports());
        if (family == NftFamily.IP6) {
            batch.addRule(out, dropSolicitations());
        }
        if (borrows()) {
            batch.addRule(out, dropAdvertisements());
        }
    }

    /// Who listens to which group is said on the base interface instead.
    private List<Expression> moveReports() {
        List<Expression> rule = new ArrayList<>();
        if (family == NftFamily.IP6) {
            rule.addAll(FirewallRules.isIcmp6());
            rule.add(FirewallRules.is(MULTICAST_LISTENER_REPORT_V2));
        } else {
            rule.add(new Expression.Payload(Base.NETWORK, IPV4_PROTOCOL_OFFSET, 1, FIRST));
            rule.add(FirewallRules.is(IGMP));
        }
        rule.addAll(leavesThroughMacvlan());
        int device = rules.registerAfterAddress();
        rule.add(rules.address(FirewallRules.Way.IN));
        rule.add(new Expression.Meta(MetaKey.OUTPUT_INDEX, device));
        rule.add(new Expression.MapLookup(BASES, BASES_ID, device, device));
        rule.add(new Expression.Duplicate(FIRST, device));
        return rules.rule(new Verdict.Drop(), rule);
    }

    /// Routers are not asked for.
    private List<Expression> dropSolicitations() {
        List<Expression> rule = new ArrayList<>(FirewallRules.isIcmp6());
        rule.add(FirewallRules.is(ROUTER_SOLICITATION));
        rule.addAll(leavesThroughMacvlan());
        rule.add(new Expression.Meta(MetaKey.OUTPUT_INDEX, FIRST));
        rule.add(new Expression.Lookup(VIRTUAL, VIRTUAL_ID, FIRST));
        return rules.rule(new Verdict.Drop(), rule);
    }

    /// Where an address of the base is, the base says.
    private List<Expression> dropAdvertisements() {
        List<Expression> rule = new ArrayList<>(FirewallRules.isIcmp6());
        rule.add(FirewallRules.is(NEIGHBOUR_ADVERTISEMENT));
        rule.add(rules.address(FirewallRules.Way.OUT));
        rule.add(new Expression.Meta(MetaKey.OUTPUT_INDEX, rules.registerAfterAddress()));
        rule.add(new Expression.Lookup(BORROWED, BORROWED_ID, FIRST));
        return rules.rule(new Verdict.Drop(), rule);
    }

    private static List<Expression> leavesThroughMacvlan() {
        byte[] kind = "macvlan".getBytes(StandardCharsets.US_ASCII);
        return List.of(
                new Expression.Meta(MetaKey.OUTPUT_KIND, FIRST),
                new Expression.Compare(FIRST, Comparison.EQUAL, Arrays.copyOf(kind, KIND_BYTES)));
    }
}
