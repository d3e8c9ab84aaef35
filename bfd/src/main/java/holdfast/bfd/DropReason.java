package holdfast.bfd;

/// Why a received packet was ignored, in the order of the checks; each is a counter.
public enum DropReason {
    TOO_SHORT,
    WRONG_LENGTH,
    WRONG_VERSION,
    ZERO_MULTIPLIER,
    MULTIPOINT,
    ZERO_MY_DISCRIMINATOR,
    ZERO_YOUR_DISCRIMINATOR,
    POLL_AND_FINAL,
    NO_SESSION,
    WRONG_TTL,
    WRONG_SOURCE,
    /// Authenticated, where nothing is.
    AUTHENTICATED,
    /// Not authenticated, where everything is.
    NOT_AUTHENTICATED,
    /// Authenticated in another way than was agreed.
    WRONG_AUTHENTICATION,
    UNKNOWN_KEY,
    /// Heard before, or too far ahead.
    WRONG_SEQUENCE,
    /// Made by somebody who does not know the key.
    FORGED,
    ADMIN_DOWN
}
