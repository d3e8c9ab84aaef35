package holdfast.daemon.balance;

import holdfast.balance.Protocol;
import holdfast.config.ServiceMarks;
import holdfast.net.Family;
import holdfast.net.IpAddress;
import holdfast.netlink.nft.ChainHook;
import holdfast.netlink.nft.DataType;
import holdfast.netlink.nft.Expression;
import holdfast.netlink.nft.Fields;
import holdfast.netlink.nft.NftBatch;
import holdfast.netlink.nft.Register;
import holdfast.netlink.nft.SetElement;
import holdfast.netlink.nft.SetSpec;
import holdfast.netlink.nft.Verdict;
import java.util.ArrayList;
import java.util.List;

/// What the table of one family consists of: a map for each protocol, and a chain that asks them.
///
/// @param marks which also hold ranges of the other family
record MarkRules(ServiceMarks marks, Family family) {

    private static final String CHAIN = "in";
    private static final int ELEMENTS_MAX = 500;
    private static final int ADDRESS = 0;
    private static final int RESULT = 12;
    private static final int ADDRESS_OFFSET_INET = 16;
    private static final int ADDRESS_OFFSET_INET6 = 24;

    static boolean has(ServiceMarks marks, Family family) {
        return marks.ranges().stream().anyMatch(range -> range.first().family() == family);
    }

    /// Puts the table in the place of what there is.
    void write(NftBatch batch) {
        batch.addTable();
        batch.deleteTable();
        batch.addTable();
        batch.addBaseChain(
                CHAIN, new ChainHook("filter", ChainHook.Point.INPUT, marks.priority(), true));
        int id = 1;
        for (Protocol protocol : Protocol.values()) {
            List<SetElement> elements = elements(protocol);
            if (elements.isEmpty()) {
                continue;
            }
            DataType address =
                    family == Family.INET ? DataType.IPV4_ADDRESS : DataType.IPV6_ADDRESS;
            batch.addSet(
                    new SetSpec(
                            map(protocol),
                            id,
                            SetSpec.INTERVAL | SetSpec.CONCATENATION,
                            List.of(address, DataType.SERVICE),
                            new SetSpec.Value.Data(List.of(DataType.MARK)),
                            0,
                            0));
            for (int from = 0; from < elements.size(); from += ELEMENTS_MAX) {
                int to = Math.min(elements.size(), from + ELEMENTS_MAX);
                batch.addElements(map(protocol), id, elements.subList(from, to));
            }
            batch.addRule(CHAIN, rule(protocol, id));
            id++;
        }
    }

    private static String map(Protocol protocol) {
        return protocol.word() + "_map";
    }

    private List<SetElement> elements(Protocol protocol) {
        List<SetElement> elements = new ArrayList<>();
        for (ServiceMarks.Range range : marks.ranges()) {
            if (range.protocol() == protocol && range.first().family() == family) {
                elements.add(
                        new SetElement(
                                key(range.first(), range.port()),
                                new SetElement.Value.Data(
                                        new Fields().number(range.mark()).octets()),
                                new SetElement.Mode.Range(key(range.last(), range.port())),
                                0,
                                0));
            }
        }
        return elements;
    }

    private static byte[] key(IpAddress address, int port) {
        return new Fields().address(address).service(port).octets();
    }

    private List<Expression> rule(Protocol protocol, int map) {
        int bytes = family.bits() / 8;
        int offset = family == Family.INET ? ADDRESS_OFFSET_INET : ADDRESS_OFFSET_INET6;
        List<Expression> rule = new ArrayList<>();
        rule.add(new Expression.Meta(Expression.MetaKey.L4_PROTOCOL, Register.at(ADDRESS)));
        rule.add(
                new Expression.Compare(
                        Register.at(ADDRESS),
                        Expression.Comparison.EQUAL,
                        new byte[] {(byte) protocol.number()}));
        rule.add(
                new Expression.Payload(
                        Expression.Base.NETWORK, offset, bytes, Register.at(ADDRESS)));
        rule.add(
                new Expression.Payload(
                        Expression.Base.TRANSPORT, 2, 2, Register.at(ADDRESS + bytes / 4)));
        rule.add(
                new Expression.MapLookup(
                        map(protocol), map, Register.at(ADDRESS), Register.at(RESULT)));
        rule.add(new Expression.SetMeta(Expression.MetaKey.MARK, Register.at(RESULT)));
        if (marks.counters()) {
            rule.add(new Expression.Counter());
        }
        rule.add(new Expression.Decide(new Verdict.Return()));
        return rule;
    }
}
