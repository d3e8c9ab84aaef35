package holdfast.linux;

import holdfast.net.Family;
import holdfast.net.MacAddress;
import java.nio.ByteOrder;

/// Programs for the kernel's filter of sockets (bpf(4) of the classic kind).
final class PacketFilter {

    private static final int LOAD_HEADER_LENGTH = 0xb1; // ldxb 4*([k]&0xf)
    private static final int LOAD_BYTE_BEHIND = 0x50; // ldb [x+k]
    private static final int LOAD_BYTE = 0x30; // ldb [k]
    private static final int LOAD_WORD = 0x20; // ld [k]
    private static final int LOAD_HALF = 0x28; // ldh [k]
    private static final int SKIP_UNLESS_EQUAL = 0x15; // jeq #k, 0, 1
    private static final int RETURN = 0x06; // ret #k
    private static final int ALL = 0x0004_0000;

    /// A whole program: of no datagram a single byte.
    static final long DROP_ALL = instruction(RETURN, 0, 0);

    /// Where the VRID is in a VRRP message (RFC 9568, section 5.1).
    private static final int VRID_OFFSET = 1;

    /// `SKF_LL_OFF`: offsets from here on count from the header of the link.
    private static final int LINK_HEADER = -0x20_0000;

    /// Where an Ethernet frame says whom it is from.
    private static final int SOURCE_OFFSET = 6;

    private PacketFilter() {}

    /// Lets pass what comes from one MAC address and passes another filter.
    static long[] from(MacAddress source, long[] others) {
        long value = source.bits();
        long[] all = new long[4 + others.length];
        all[0] = instruction(LOAD_WORD, 0, LINK_HEADER + SOURCE_OFFSET);
        all[1] = instruction(SKIP_UNLESS_EQUAL, 2 + others.length - 1, (int) (value >>> 16));
        all[2] = instruction(LOAD_HALF, 0, LINK_HEADER + SOURCE_OFFSET + 4);
        all[3] = instruction(SKIP_UNLESS_EQUAL, others.length - 1, (int) (value & 0xffff));
        System.arraycopy(others, 0, all, 4, others.length);
        return all;
    }

    /// Lets pass what is for one virtual router. A raw socket shows its filter the header of IPv4,
    /// and not that of IPv6.
    ///
    /// @param behind how many octets stand before the VRRP message
    static long[] vrid(Family family, int behind, int vrid) {
        long skip = instruction(SKIP_UNLESS_EQUAL, 1, vrid);
        long pass = instruction(RETURN, 0, ALL);
        long drop = instruction(RETURN, 0, 0);
        int at = behind + VRID_OFFSET;
        return switch (family) {
            case INET ->
                    new long[] {
                        instruction(LOAD_HEADER_LENGTH, 0, 0),
                        instruction(LOAD_BYTE_BEHIND, 0, at),
                        skip,
                        pass,
                        drop
                    };
            case INET6 -> new long[] {instruction(LOAD_BYTE, 0, at), skip, pass, drop};
        };
    }

    /// struct sock_filter: code, two distances to jump, operand.
    private static long instruction(int code, int jumpIfFalse, int operand) {
        return ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN
                ? code | (long) jumpIfFalse << 24 | (long) operand << 32
                : (long) code << 48 | (long) jumpIfFalse << 32 | operand & 0xffff_ffffL;
    }
}
