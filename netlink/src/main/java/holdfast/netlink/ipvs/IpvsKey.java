package holdfast.netlink.ipvs;

import holdfast.net.Endpoint;
import holdfast.net.Family;

/// What makes a service the same one for the kernel.
public sealed interface IpvsKey {

    Family family();

    /// @param protocol the IP protocol number
    record Address(int protocol, Endpoint endpoint) implements IpvsKey {
        @Override
        public Family family() {
            return endpoint.address().family();
        }
    }

    record Mark(int mark, Family family) implements IpvsKey {}
}
