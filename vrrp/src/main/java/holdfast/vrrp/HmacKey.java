package holdfast.vrrp;

import java.util.Arrays;

/// A secret that routers share, and the number that trailers name it by. Never printed.
public final class HmacKey {

    public static final int BYTES_MIN = 32;
    public static final int BYTES_MAX = 64;

    private final int id;
    private final byte[] octets;

    /// @param id 1 to 255
    /// @param octets 32 to 64 of them
    public HmacKey(int id, byte[] octets) {
        if (id < 1 || id > 255 || octets.length < BYTES_MIN || octets.length > BYTES_MAX) {
            throw new IllegalArgumentException("no such key: " + id);
        }
        this.id = id;
        this.octets = octets.clone();
    }

    public int id() {
        return id;
    }

    byte[] octets() {
        return octets.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof HmacKey that && id == that.id && Arrays.equals(octets, that.octets);
    }

    @Override
    public int hashCode() {
        return 31 * id + Arrays.hashCode(octets);
    }

    @Override
    public String toString() {
        return "HmacKey[" + id + ", ********]";
    }
}
