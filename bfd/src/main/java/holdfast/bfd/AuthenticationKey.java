package holdfast.bfd;

import holdfast.wire.Secret;

/// A secret that both sides share, and the number that packets name it by.
///
/// @param id 0 to 255
/// @param secret of 1 to 20 octets
public record AuthenticationKey(int id, Secret secret) {

    public static final int ID_MAX = 255;
    public static final int BYTES_MAX = 20;

    public AuthenticationKey {
        if (id < 0 || id > ID_MAX || secret.length() < 1 || secret.length() > BYTES_MAX) {
            throw new IllegalArgumentException("no such key: " + id);
        }
    }
}
