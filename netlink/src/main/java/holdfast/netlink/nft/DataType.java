package holdfast.netlink.nft;

import java.util.List;

/// What a field of a set's key or value is, with the number by which nft(8) remembers it.
public enum DataType {
    INTEGER(4, 4),
    IPV4_ADDRESS(7, 4),
    IPV6_ADDRESS(8, 16),
    PROTOCOL(12, 1),
    SERVICE(13, 2),
    MARK(19, 4),
    INTERFACE_INDEX(20, 4),
    ICMPV6_TYPE(29, 1),
    INTERFACE_NAME(41, 16);

    private static final int BITS_PER_TYPE = 6;

    private final int number;
    private final int bytes;

    DataType(int number, int bytes) {
        this.number = number;
        this.bytes = bytes;
    }

    public int bytes() {
        return bytes;
    }

    /// Whether nft(8) must be told that values are in the host's order of octets.
    boolean inHostOrder() {
        return this == MARK || this == INTERFACE_INDEX;
    }

    /// One number for several fields in a row.
    static int number(List<DataType> fields) {
        int number = 0;
        for (DataType field : fields) {
            number = number << BITS_PER_TYPE | field.number;
        }
        return number;
    }

    /// A single field is as long as it is; in a row each is padded.
    static int bytes(List<DataType> fields) {
        return fields.size() == 1
                ? fields.getFirst().bytes
                : fields.stream().mapToInt(field -> field.bytes + 3 & ~3).sum();
    }
}
