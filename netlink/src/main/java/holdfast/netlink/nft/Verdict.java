package holdfast.netlink.nft;

/// What becomes of a packet, or where its way through the rules goes on.
public sealed interface Verdict {

    record Accept() implements Verdict {}

    record Drop() implements Verdict {}

    record Return() implements Verdict {}

    /// To another chain, and back here at its end.
    record Jump(String chain) implements Verdict {}

    /// To another chain, and not back.
    record Goto(String chain) implements Verdict {}
}
