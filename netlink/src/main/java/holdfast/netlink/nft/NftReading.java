package holdfast.netlink.nft;

import holdfast.netlink.Attribute;
import holdfast.netlink.Attributes;
import holdfast.netlink.Bytes;
import holdfast.netlink.Message;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What nftables answers, or says by itself to those who listen.
public sealed interface NftReading {

    /// @param family `NFPROTO_*`
    record TableFound(int family, String table) implements NftReading {}

    record ChainFound(int family, String table, String chain) implements NftReading {}

    record RuleFound(int family, String table, String chain, long handle) implements NftReading {}

    record SetFound(int family, String table, String set, int flags) implements NftReading {}

    record ElementsFound(int family, String table, String set, List<SetElement> elements)
            implements NftReading {
        public ElementsFound {
            elements = List.copyOf(elements);
        }
    }

    /// The number that every transaction of anybody raises.
    record GenerationFound(int generation) implements NftReading {}

    /// Empty for messages of other kinds.
    static Optional<NftReading> of(Message message) {
        if (message.type() >>> 8 != Nft.SUBSYSTEM) {
            return Optional.empty();
        }
        int family = message.payload().u8(0);
        Attributes found = message.attributes(Nft.HEADER_BYTES);
        return Optional.ofNullable(
                switch (message.type() & 0xff) {
                    case Nft.NEWTABLE -> new TableFound(family, found.text(Nft.TABLE_NAME));
                    case Nft.NEWCHAIN ->
                            new ChainFound(
                                    family,
                                    found.text(Nft.CHAIN_TABLE),
                                    found.text(Nft.CHAIN_NAME));
                    case Nft.NEWRULE ->
                            new RuleFound(
                                    family,
                                    found.text(Nft.RULE_TABLE),
                                    found.text(Nft.RULE_CHAIN),
                                    found.value(Nft.RULE_HANDLE).bigU64(0));
                    case Nft.NEWSET ->
                            new SetFound(
                                    family,
                                    found.text(Nft.SET_TABLE),
                                    found.text(Nft.SET_NAME),
                                    found.value(Nft.SET_FLAGS).bigU32(0));
                    case Nft.NEWSETELEM ->
                            new ElementsFound(
                                    family,
                                    found.text(Nft.ELEMENTS_TABLE),
                                    found.text(Nft.ELEMENTS_SET),
                                    elements(found.nested(Nft.ELEMENTS_LIST)));
                    case Nft.NEWGEN -> new GenerationFound(found.value(Nft.GEN_ID).bigU32(0));
                    default -> null;
                });
    }

    private static List<SetElement> elements(Attributes list) {
        List<SetElement> elements = new ArrayList<>();
        for (Attribute attribute : list.all()) {
            Attributes parts = attribute.nested();
            elements.add(
                    new SetElement(
                            value(parts, Nft.ELEMENT_KEY).octets(),
                            data(parts.nested(Nft.ELEMENT_DATA)),
                            mode(parts),
                            parts.value(Nft.ELEMENT_TIMEOUT).bigU64(0),
                            parts.value(Nft.ELEMENT_EXPIRATION).bigU64(0)));
        }
        return elements;
    }

    private static Bytes value(Attributes parts, int type) {
        return parts.nested(type).value(Nft.DATA_VALUE);
    }

    private static SetElement.Mode mode(Attributes parts) {
        if (parts.has(Nft.ELEMENT_KEY_END)) {
            return new SetElement.Mode.Range(value(parts, Nft.ELEMENT_KEY_END).octets());
        }
        boolean end = (parts.value(Nft.ELEMENT_FLAGS).bigU32(0) & Nft.ELEMENT_INTERVAL_END) != 0;
        return end ? new SetElement.Mode.IntervalEnd() : new SetElement.Mode.Single();
    }

    private static SetElement.Value data(Attributes data) {
        if (data.has(Nft.DATA_VALUE)) {
            return new SetElement.Value.Data(data.value(Nft.DATA_VALUE).octets());
        }
        if (!data.has(Nft.DATA_OF_VERDICT)) {
            return new SetElement.Value.None();
        }
        Attributes verdict = data.nested(Nft.DATA_OF_VERDICT);
        String chain = verdict.text(Nft.VERDICT_CHAIN);
        return new SetElement.Value.ToVerdict(
                switch (verdict.value(Nft.VERDICT_CODE).bigU32(0)) {
                    case Nft.NFT_JUMP -> new Verdict.Jump(chain);
                    case Nft.NFT_GOTO -> new Verdict.Goto(chain);
                    case Nft.NFT_RETURN -> new Verdict.Return();
                    case Nft.NF_DROP -> new Verdict.Drop();
                    default -> new Verdict.Accept();
                });
    }
}
