package holdfast.balance;

import holdfast.net.Endpoint;
import holdfast.probe.ProbeSpec;
import java.time.Duration;

/// Everything the pools can ask of the world. Carried out in order.
public sealed interface BalanceEffect {

    /// Something for the data plane.
    sealed interface PlaneCommand extends BalanceEffect {
        ServiceKey.Single key();
    }

    record AddService(Service service) implements PlaneCommand {
        @Override
        public ServiceKey.Single key() {
            return service.key();
        }
    }

    record EditService(Service service) implements PlaneCommand {
        @Override
        public ServiceKey.Single key() {
            return service.key();
        }
    }

    record RemoveService(ServiceKey.Single key) implements PlaneCommand {}

    record AddDestination(ServiceKey.Single key, Destination destination) implements PlaneCommand {}

    record EditDestination(ServiceKey.Single key, Destination destination)
            implements PlaneCommand {}

    record RemoveDestination(ServiceKey.Single key, Endpoint endpoint) implements PlaneCommand {}

    /// Make a check; answer with [BalanceEvent.ProbeFinished] and the same number.
    ///
    /// @param step which of the probe's URLs; 0 where there are none
    /// @param timeout for each phase of the connection; scripts carry their own
    record StartProbe(CheckerId checker, long probe, ProbeSpec spec, int step, Duration timeout)
            implements BalanceEffect {}

    /// The answer to this probe is not wanted any more; kill what still runs.
    record AbandonProbe(CheckerId checker, long probe) implements BalanceEffect {}

    // Facts, for people and programs.

    /// @param firstTime whether this is the checker's first result since it was started
    record CheckTurned(
            CheckerId checker, ProbeSpec spec, boolean up, String reason, boolean firstTime)
            implements BalanceEffect {}

    /// A failure that is borne for now; only with `log_all_failures`.
    record CheckFailed(CheckerId checker, ProbeSpec spec, String reason, int failures)
            implements BalanceEffect {}

    /// The certificate of a server expires soon, or has expired; only with
    /// `tls_expiry_warning`, and once a day.
    ///
    /// @param left negative when it has expired
    record CertificateEnding(CheckerId checker, ProbeSpec spec, Duration left)
            implements BalanceEffect {}

    /// A page is longer or shorter than its head announces; once for each difference.
    ///
    /// @param step which of the probe's URLs
    /// @param announced by `Content-Length`, in octets
    /// @param received octets of the body
    record LengthDiffers(CheckerId checker, ProbeSpec spec, int step, long announced, long received)
            implements BalanceEffect {}

    /// @param spec the server, with its scripts
    /// @param told whether its scripts and FIFOs hear of it
    record ServerTurned(ServiceKey key, RealServerSpec spec, boolean up, boolean told)
            implements BalanceEffect {}

    record WeightChanged(ServiceKey key, Endpoint server, int from, int to)
            implements BalanceEffect {}

    /// @param weight the live weight
    /// @param threshold what it was compared with
    record QuorumChanged(ServiceKey key, QuorumSpec spec, boolean up, long weight, long threshold)
            implements BalanceEffect {}

    /// Too much of a pool has failed to be believed, or that is over.
    ///
    /// @param live the weight that is alive
    /// @param whole the weight of all servers
    record PanicChanged(ServiceKey key, boolean panicking, long live, long whole)
            implements BalanceEffect {}

    record ServerRemoved(ServiceKey key, RealServerSpec spec) implements BalanceEffect {}
}
