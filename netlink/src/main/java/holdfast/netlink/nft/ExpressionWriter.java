package holdfast.netlink.nft;

import holdfast.netlink.MessageWriter;
import java.util.List;

/// Expressions as attributes, each with the name of its kernel module.
final class ExpressionWriter {

    private static final int NFTA_EXPR_NAME = 1;
    private static final int NFTA_EXPR_DATA = 2;

    private final MessageWriter out;

    ExpressionWriter(MessageWriter out) {
        this.out = out;
    }

    void write(int type, List<Expression> expressions) {
        out.nestMarked(type, () -> expressions.forEach(this::write));
    }

    /// A value or verdict, as sets hold them too.
    void verdict(int type, Verdict verdict) {
        out.nestMarked(type, () -> out.nestMarked(Nft.DATA_OF_VERDICT, () -> verdict(verdict)));
    }

    void value(int type, byte[] value) {
        out.nestMarked(type, () -> out.attribute(Nft.DATA_VALUE, value));
    }

    private void verdict(Verdict verdict) {
        switch (verdict) {
            case Verdict.Accept() -> out.bigU32(Nft.VERDICT_CODE, Nft.NF_ACCEPT);
            case Verdict.Drop() -> out.bigU32(Nft.VERDICT_CODE, Nft.NF_DROP);
            case Verdict.Return() -> out.bigU32(Nft.VERDICT_CODE, Nft.NFT_RETURN);
            case Verdict.Jump(var chain) ->
                    out.bigU32(Nft.VERDICT_CODE, Nft.NFT_JUMP).text(Nft.VERDICT_CHAIN, chain);
            case Verdict.Goto(var chain) ->
                    out.bigU32(Nft.VERDICT_CODE, Nft.NFT_GOTO).text(Nft.VERDICT_CHAIN, chain);
        }
    }

    private void write(Expression expression) {
        switch (expression) {
            case Expression.Payload payload -> named("payload", () -> payload(payload));
            case Expression.Compare compare -> named("cmp", () -> compare(compare));
            case Expression.Meta(var key, int into) ->
                    named("meta", () -> out.bigU32(2, number(key)).bigU32(1, into));
            case Expression.SetMeta(var key, int from) ->
                    named("meta", () -> out.bigU32(2, number(key)).bigU32(3, from));
            case Expression.Conntrack(var key, int into) -> named("ct", () -> conntrack(key, into));
            case Expression.Bitwise bitwise -> named("bitwise", () -> bitwise(bitwise));
            case Expression.Lookup(var set, int setId, int key) ->
                    named("lookup", () -> out.bigU32(2, key).text(1, set).bigU32(4, setId));
            case Expression.MapLookup lookup -> named("lookup", () -> mapLookup(lookup));
            case Expression.Immediate(int into, var value) ->
                    named(
                            "immediate",
                            () -> {
                                out.bigU32(1, into);
                                value(2, value);
                            });
            case Expression.Decide(var verdict) ->
                    named(
                            "immediate",
                            () -> {
                                out.bigU32(1, Register.VERDICT);
                                verdict(2, verdict);
                            });
            case Expression.NextNumber number -> named("numgen", () -> number(number));
            case Expression.JenkinsHash hash -> named("hash", () -> hash(hash));
            case Expression.ChangeMap change -> named("dynset", () -> change(change));
            case Expression.Nat nat -> named("nat", () -> nat(nat));
            case Expression.Masquerade() -> named("masq", () -> {});
            case Expression.Counter() -> named("counter", () -> {});
            case Expression.Duplicate(int address, int device) ->
                    named("dup", () -> duplicate(address, device));
        }
    }

    private void named(String name, Runnable data) {
        out.nestMarked(
                Nft.LIST_ELEM,
                () -> out.text(NFTA_EXPR_NAME, name).nestMarked(NFTA_EXPR_DATA, data));
    }

    /// NFTA_PAYLOAD_DREG, _BASE, _OFFSET, _LEN.
    private void payload(Expression.Payload payload) {
        int base =
                switch (payload.base()) {
                    case LINK -> 0;
                    case NETWORK -> 1;
                    case TRANSPORT -> 2;
                };
        out.bigU32(1, payload.into()).bigU32(2, base);
        out.bigU32(3, payload.offset()).bigU32(4, payload.length());
    }

    /// NFTA_CMP_SREG, _OP, _DATA.
    private void compare(Expression.Compare compare) {
        int operation =
                switch (compare.comparison()) {
                    case EQUAL -> 0;
                    case UNEQUAL -> 1;
                };
        out.bigU32(1, compare.register()).bigU32(2, operation);
        value(3, compare.value());
    }

    /// NFTA_CT_KEY, _DREG, _DIRECTION.
    private void conntrack(Expression.CtKey key, int into) {
        out.bigU32(2, number(key)).bigU32(1, into);
        switch (key) {
            case FIRST_DESTINATION_INET, FIRST_DESTINATION_INET6, FIRST_DESTINATION_PORT ->
                    out.u8(3, 0);
            case STATE, STATUS, MARK -> {}
        }
    }

    /// NFTA_BITWISE_SREG, _DREG, _OP, _LEN, _MASK, _XOR.
    private void bitwise(Expression.Bitwise bitwise) {
        out.bigU32(1, bitwise.from()).bigU32(2, bitwise.into()).bigU32(6, 0);
        out.bigU32(3, bitwise.mask().length);
        value(4, bitwise.mask());
        value(5, bitwise.xor());
    }

    /// NFTA_LOOKUP_SREG, _DREG, _SET, _SET_ID.
    private void mapLookup(Expression.MapLookup lookup) {
        out.bigU32(2, lookup.key()).bigU32(3, lookup.into());
        out.text(1, lookup.map()).bigU32(4, lookup.setId());
    }

    /// NFTA_NG_DREG, _MODULUS, _TYPE, _OFFSET.
    private void number(Expression.NextNumber number) {
        int type =
                switch (number.counting()) {
                    case IN_TURN -> 0;
                    case AT_RANDOM -> 1;
                };
        out.bigU32(1, number.into()).bigU32(2, number.modulus()).bigU32(3, type).bigU32(4, 0);
    }

    /// NFTA_HASH_SREG, _DREG, _LEN, _MODULUS, _SEED, _OFFSET, _TYPE.
    private void hash(Expression.JenkinsHash hash) {
        out.bigU32(1, hash.from()).bigU32(2, hash.into()).bigU32(3, hash.length());
        out.bigU32(4, hash.modulus()).bigU32(5, hash.seed()).bigU32(6, 0).bigU32(7, 0);
    }

    /// NFTA_DUP_SREG_ADDR, _SREG_DEV.
    private void duplicate(int address, int device) {
        out.bigU32(1, address);
        if (device != 0) {
            out.bigU32(2, device);
        }
    }

    /// NFTA_DYNSET_SREG_KEY, _SREG_DATA, _OP, _TIMEOUT, _SET_NAME, _SET_ID.
    private void change(Expression.ChangeMap change) {
        int operation =
                switch (change.change()) {
                    case ADD -> 0;
                    case UPDATE -> 1;
                    case DELETE -> 2;
                };
        out.bigU32(4, change.key()).bigU32(5, change.value()).bigU32(3, operation);
        if (change.timeoutMillis() != 0) {
            out.bigU64(6, change.timeoutMillis());
        }
        out.text(1, change.map()).bigU32(2, change.setId());
    }

    /// NFTA_NAT_TYPE, _FAMILY, _REG_ADDR_MIN, _REG_PROTO_MIN.
    private void nat(Expression.Nat nat) {
        int type =
                switch (nat.translation()) {
                    case SOURCE -> 0;
                    case DESTINATION -> 1;
                };
        out.bigU32(1, type).bigU32(2, nat.family().number()).bigU32(3, nat.address());
        if (nat.port() != 0) {
            out.bigU32(5, nat.port());
        }
    }

    /// `NFT_META_*`.
    private static int number(Expression.MetaKey key) {
        return switch (key) {
            case MARK -> 3;
            case INPUT_INDEX -> 4;
            case OUTPUT_INDEX -> 5;
            case INPUT_NAME -> 6;
            case OUTPUT_NAME -> 7;
            case NF_PROTOCOL -> 15;
            case L4_PROTOCOL -> 16;
            case OUTPUT_KIND -> 27;
        };
    }

    /// `NFT_CT_*`.
    private static int number(Expression.CtKey key) {
        return switch (key) {
            case STATE -> 0;
            case STATUS -> 2;
            case MARK -> 3;
            case FIRST_DESTINATION_PORT -> 12;
            case FIRST_DESTINATION_INET -> 20;
            case FIRST_DESTINATION_INET6 -> 22;
        };
    }
}
