package holdfast.netlink.nft;

/// One step of a rule. A step that fails, such as a comparison, ends the rule.
///
/// Registers are numbers of [Register].
public sealed interface Expression {

    /// Where in a packet an offset counts from.
    enum Base {
        LINK,
        NETWORK,
        TRANSPORT
    }

    enum Comparison {
        EQUAL,
        UNEQUAL
    }

    enum MetaKey {
        MARK,
        L4_PROTOCOL,
        NF_PROTOCOL,
        INPUT_INDEX,
        OUTPUT_INDEX,
        INPUT_NAME,
        OUTPUT_NAME,
        /// For example `macvlan`.
        OUTPUT_KIND
    }

    enum CtKey {
        STATE,
        STATUS,
        MARK,
        /// Where the connection's first packet was sent.
        FIRST_DESTINATION_INET,
        FIRST_DESTINATION_INET6,
        FIRST_DESTINATION_PORT
    }

    enum Counting {
        IN_TURN,
        AT_RANDOM
    }

    enum SetChange {
        ADD,
        /// Adds, or starts the time of what is there anew; its value stays.
        UPDATE,
        /// Removes what is there; also goes on if nothing is.
        DELETE
    }

    enum Translation {
        SOURCE,
        DESTINATION
    }

    /// Loads bytes of the packet.
    record Payload(Base base, int offset, int length, int into) implements Expression {}

    record Compare(int register, Comparison comparison, byte[] value) implements Expression {}

    record Meta(MetaKey key, int into) implements Expression {}

    record SetMeta(MetaKey key, int from) implements Expression {}

    record Conntrack(CtKey key, int into) implements Expression {}

    record Bitwise(int from, int into, byte[] mask, byte[] xor) implements Expression {}

    /// Goes on if the key is in the set.
    ///
    /// @param setId the set's number within the batch that makes it; 0 for an older set
    record Lookup(String set, int setId, int key) implements Expression {}

    /// Goes on with the value of the key, if the map has it. A verdict is carried out.
    record MapLookup(String map, int setId, int key, int into) implements Expression {}

    record Immediate(int into, byte[] value) implements Expression {}

    record Decide(Verdict verdict) implements Expression {}

    /// A number from 0 to `modulus - 1`.
    record NextNumber(Counting counting, int modulus, int into) implements Expression {}

    /// A number from 0 to `modulus - 1` that is the same for the same bytes.
    record JenkinsHash(int from, int length, int modulus, int seed, int into)
            implements Expression {}

    /// Puts an element into a map, or takes it out.
    ///
    /// @param timeoutMillis how long it stays; 0 for the map's own time
    record ChangeMap(
            String map, int setId, SetChange change, int key, int value, long timeoutMillis)
            implements Expression {

        /// An element whose time is the map's.
        public ChangeMap(String map, int setId, SetChange change, int key, int value) {
            this(map, setId, change, key, value, 0);
        }
    }

    /// @param port a register, 0 to leave ports alone
    record Nat(Translation translation, NftFamily family, int address, int port)
            implements Expression {}

    /// Source translation to whatever address the packet leaves from.
    record Masquerade() implements Expression {}

    record Counter() implements Expression {}

    /// Sends a copy of the packet to a neighbour, or on the way to it; the packet's own addresses
    /// stay as they are.
    ///
    /// @param address a register with the address to send it to
    /// @param device a register with the index of the interface to send it through; 0 to have the
    ///     routes decide
    record Duplicate(int address, int device) implements Expression {}
}
