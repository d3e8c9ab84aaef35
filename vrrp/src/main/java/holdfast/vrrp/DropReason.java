package holdfast.vrrp;

/// Why a received packet was ignored; each is a counter (VRRP specification, section 8).
public enum DropReason {
    NOT_LISTENING,
    WRONG_LENGTH,
    WRONG_TTL,
    WRONG_VERSION,
    TRAILER_MISSING,
    TRAILER_MALFORMED,
    TRAILER_KEY_UNKNOWN,
    TRAILER_STALE,
    TRAILER_FORGED,
    TRAILER_REPLAYED,
    WRONG_AUTH_TYPE,
    AUTH_TYPE_MISMATCH,
    AUTH_FAILURE,
    REPLAYED,
    WRONG_INTERVAL,
    WRONG_TYPE,
    NO_ADDRESSES,
    WRONG_CHECKSUM,
    WRONG_TRANSPORT,
    OWNER_IGNORES,
    UNKNOWN_PEER
}
