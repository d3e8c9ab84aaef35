package holdfast.vrrp;

import holdfast.net.IpAddress;
import holdfast.net.IpPrefix;
import java.util.Optional;

/// One address that a master puts on an interface.
///
/// @param interfaceName where it goes; never empty
/// @param scope the kernel's number, 0 for global
/// @param preferredLifetime seconds, IPv6 only; empty means for ever
public record VirtualAddress(
        IpPrefix prefix,
        String interfaceName,
        int scope,
        Optional<String> label,
        Optional<IpAddress> broadcast,
        Optional<IpAddress> peer,
        Flags flags,
        Optional<Long> preferredLifetime,
        boolean tracked) {

    /// The options without a value (`ip-address(8)`).
    public record Flags(
            boolean home,
            boolean nodad,
            boolean managedTemporary,
            boolean noPrefixRoute,
            boolean autoJoin) {
        public static final Flags NONE = new Flags(false, false, false, false, false);
    }

    public IpAddress address() {
        return prefix.address();
    }

    /// The same on another interface.
    public VirtualAddress on(String other) {
        return new VirtualAddress(
                prefix, other, scope, label, broadcast, peer, flags, preferredLifetime, tracked);
    }

    /// A plain global address, as most are.
    public static VirtualAddress plain(IpPrefix prefix, String interfaceName) {
        return new VirtualAddress(
                prefix,
                interfaceName,
                0,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Flags.NONE,
                Optional.empty(),
                true);
    }
}
