package holdfast.daemon.firewall;

import holdfast.net.Ipv6Address;
import holdfast.netlink.nft.Expression;
import holdfast.netlink.nft.Expression.Base;
import holdfast.netlink.nft.Expression.Comparison;
import holdfast.netlink.nft.Expression.MetaKey;
import holdfast.netlink.nft.NftFamily;
import holdfast.netlink.nft.Register;
import holdfast.netlink.nft.Verdict;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// The rules of the filter, for one family.
final class FirewallRules {

    /// Which way a packet goes, from where this host stands.
    enum Way {
        IN,
        OUT
    }

    private static final int ICMPV6 = 58;

    /// fe80::/10.
    private static final byte[] LINK_LOCAL = new Ipv6Address(0xfe80L << 48, 0).octets();

    private static final byte[] LINK_LOCAL_MASK = new Ipv6Address(0xffc0L << 48, 0).octets();
    private static final byte[] NOTHING = new byte[16];

    private static final int FIRST = Register.at(0);

    private final NftFamily family;
    private final boolean counting;

    /// @param counting whether rules count what they apply to
    FirewallRules(NftFamily family, boolean counting) {
        this.family = family;
        this.counting = counting;
    }

    /// What goes to an address of the set, or comes from it.
    List<Expression> drop(Way way, String set) {
        return rule(new Verdict.Drop(), address(way), new Expression.Lookup(set, 0, FIRST));
    }

    /// The same where an address means something on its link only.
    List<Expression> drop(Way way, String set, boolean byIndex) {
        MetaKey key =
                switch (way) {
                    case IN -> byIndex ? MetaKey.INPUT_INDEX : MetaKey.INPUT_NAME;
                    case OUT -> byIndex ? MetaKey.OUTPUT_INDEX : MetaKey.OUTPUT_NAME;
                };
        return rule(
                new Verdict.Drop(),
                address(way),
                new Expression.Meta(key, registerAfterAddress()),
                new Expression.Lookup(set, 0, FIRST));
    }

    /// Neighbours are always answered: without them, nobody would find the address.
    List<Expression> acceptTypes(String set) {
        List<Expression> rule = new ArrayList<>(isIcmp6());
        rule.add(new Expression.Lookup(set, 0, FIRST));
        return rule(new Verdict.Accept(), rule);
    }

    List<Expression> onLink(Way way, String chain) {
        return rule(
                new Verdict.Goto(chain),
                address(way),
                new Expression.Bitwise(FIRST, FIRST, LINK_LOCAL_MASK, NOTHING),
                new Expression.Compare(FIRST, Comparison.EQUAL, LINK_LOCAL));
    }

    private List<Expression> rule(Verdict verdict, Expression... conditions) {
        return rule(verdict, Arrays.asList(conditions));
    }

    /// A rule of some conditions and what follows from them.
    List<Expression> rule(Verdict verdict, List<Expression> conditions) {
        List<Expression> rule = new ArrayList<>(conditions);
        if (counting) {
            rule.add(new Expression.Counter());
        }
        rule.add(new Expression.Decide(verdict));
        return rule;
    }

    /// The type of an ICMPv6 message, in the first register.
    static List<Expression> isIcmp6() {
        return List.of(
                new Expression.Meta(MetaKey.L4_PROTOCOL, FIRST),
                is(ICMPV6),
                new Expression.Payload(Base.TRANSPORT, 0, 1, FIRST));
    }

    static Expression is(int octet) {
        return new Expression.Compare(FIRST, Comparison.EQUAL, new byte[] {(byte) octet});
    }

    /// The address on our side: of the destination on the way in, of the source on the way out.
    Expression address(Way way) {
        int source = family == NftFamily.IP6 ? 8 : 12;
        int offset = way == Way.IN ? source + addressBytes() : source;
        return new Expression.Payload(Base.NETWORK, offset, addressBytes(), FIRST);
    }

    /// Where something stands that is looked up together with an address.
    int registerAfterAddress() {
        return Register.at(addressBytes() / 4);
    }

    private int addressBytes() {
        return family == NftFamily.IP6 ? 16 : 4;
    }
}
