package holdfast.balance;

import holdfast.net.IpAddress;
import holdfast.probe.Outcome;
import java.time.Duration;

/// Everything that can happen to the pools of a host. All may repeat harmlessly.
public sealed interface BalanceEvent {

    /// The data plane is ready; programs the services and starts the checkers.
    record Started() implements BalanceEvent {}

    record DeadlineReached() implements BalanceEvent {}

    /// A check ended.
    ///
    /// @param probe the number that [BalanceEffect.StartProbe] carried; stale ones are ignored
    record ProbeFinished(CheckerId checker, long probe, Outcome outcome) implements BalanceEvent {}

    /// A check saw the certificate of its server.
    ///
    /// @param left until it expires; negative when it has expired
    record CertificateSeen(CheckerId checker, Duration left) implements BalanceEvent {}

    /// A check read a page whose length was not the one that its head announced.
    ///
    /// @param step which of its URLs
    record LengthSeen(CheckerId checker, int step, long announced, long received)
            implements BalanceEvent {}

    /// A local address came or went, for `ha_suspend`.
    record AddressPresent(IpAddress address, boolean present) implements BalanceEvent {}

    /// A tracked file says this, for the first time or something else than before. Those that the
    /// first services track are heard before [Started], those of new orders before
    /// [Respecified].
    record NumberRead(String path, int number) implements BalanceEvent {}

    /// How a session of BFD is, for the first time or otherwise than before.
    record SessionIs(String session, boolean up) implements BalanceEvent {}

    /// New orders: the difference is carried out, and what is the same is not touched.
    record Respecified(BalanceSpec next) implements BalanceEvent {}

    /// The data plane was found not to hold what it should; say again what is wanted.
    record PlaneLost(ServiceKey.Single service) implements BalanceEvent {}

    /// Stop for good.
    record StopRequested() implements BalanceEvent {}
}
