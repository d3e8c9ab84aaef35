package holdfast.vrrp;

/// The protocol version: RFC 3768 (and RFC 2338 authentication), or RFC 9568.
public enum Version {
    V2,
    V3
}
