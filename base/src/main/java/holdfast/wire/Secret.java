package holdfast.wire;

import java.security.MessageDigest;
import java.util.Arrays;

/// Octets that nobody may see: a key or a password. Never printed, and compared in a time that does
/// not tell how much of them was right.
public final class Secret {

    private static final String HIDDEN = "********";

    private final byte[] octets;

    public Secret(byte[] octets) {
        this.octets = octets.clone();
    }

    public int length() {
        return octets.length;
    }

    /// A copy, for whoever computes with it.
    public byte[] octets() {
        return octets.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Secret that && MessageDigest.isEqual(octets, that.octets);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(octets);
    }

    @Override
    public String toString() {
        return HIDDEN;
    }
}
