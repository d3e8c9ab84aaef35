package holdfast.balance;

import java.util.List;
import java.util.Optional;

/// One virtual service and its pool.
///
/// @param omega notify at a clean stop
/// @param suspendWithoutAddress `ha_suspend`: check only while the address is on this host
public record VirtualServerSpec(
        ServiceKey key,
        Scheduler scheduler,
        Optional<Persistence> persistence,
        List<RealServerSpec> servers,
        Optional<SorryServerSpec> sorryServer,
        QuorumSpec quorum,
        boolean omega,
        boolean suspendWithoutAddress,
        boolean smtpAlert) {

    public VirtualServerSpec {
        servers = List.copyOf(servers);
    }
}
