package holdfast.balance;

import java.util.List;
import java.util.Optional;

/// One virtual service and its pool.
///
/// @param members the services of the data plane, each of which holds the whole pool
/// @param omega notify at a clean stop
/// @param masquerade whether servers see the director in the place of their clients
/// @param suspendWithoutAddress `ha_suspend`: check only while the address is on this host
public record VirtualServerSpec(
        ServiceKey key,
        List<ServiceKey.Single> members,
        Scheduler scheduler,
        Optional<Persistence> persistence,
        List<RealServerSpec> servers,
        Optional<SorryServerSpec> sorryServer,
        QuorumSpec quorum,
        boolean omega,
        boolean suspendWithoutAddress,
        boolean smtpAlert,
        Caution caution,
        boolean masquerade) {

    public VirtualServerSpec {
        members = List.copyOf(members);
        servers = List.copyOf(servers);
    }

    /// A virtual server that is one service, and is not cautious.
    public VirtualServerSpec(
            ServiceKey.Single key,
            Scheduler scheduler,
            Optional<Persistence> persistence,
            List<RealServerSpec> servers,
            Optional<SorryServerSpec> sorryServer,
            QuorumSpec quorum,
            boolean omega,
            boolean suspendWithoutAddress,
            boolean smtpAlert) {
        this(
                key,
                List.of(key),
                scheduler,
                persistence,
                servers,
                sorryServer,
                quorum,
                omega,
                suspendWithoutAddress,
                smtpAlert,
                Caution.NONE,
                false);
    }

    /// The same with another caution.
    public VirtualServerSpec with(Caution other) {
        return new VirtualServerSpec(
                key,
                members,
                scheduler,
                persistence,
                servers,
                sorryServer,
                quorum,
                omega,
                suspendWithoutAddress,
                smtpAlert,
                other,
                masquerade);
    }

    /// Its part in the data plane under one of its members.
    public Service service(ServiceKey.Single member) {
        return new Service(
                member, scheduler, persistence.map(one -> one.in(member.family())), masquerade);
    }
}
