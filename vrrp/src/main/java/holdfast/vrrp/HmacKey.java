package holdfast.vrrp;

import holdfast.wire.Secret;

/// A secret that routers share, and the number that trailers name it by.
///
/// @param id 1 to 255
/// @param secret of 32 to 64 octets
public record HmacKey(int id, Secret secret) {

    public static final int BYTES_MIN = 32;
    public static final int BYTES_MAX = 64;

    public HmacKey {
        if (id < 1 || id > 255 || secret.length() < BYTES_MIN || secret.length() > BYTES_MAX) {
            throw new IllegalArgumentException("no such key: " + id);
        }
    }

    /// @param octets 32 to 64 of them
    public HmacKey(int id, byte[] octets) {
        this(id, new Secret(octets));
    }
}
