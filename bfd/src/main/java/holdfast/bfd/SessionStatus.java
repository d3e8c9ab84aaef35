package holdfast.bfd;

import holdfast.time.MonoTime;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/// How a session is, for people and programs that ask.
///
/// @param remoteDiagnostic a number, since the neighbour may know more than [Diagnostic] has
/// @param lastSeen when the neighbour was last heard
public record SessionStatus(
        SessionSpec spec,
        State state,
        State remoteState,
        Diagnostic diagnostic,
        int remoteDiagnostic,
        int discriminator,
        int remoteDiscriminator,
        boolean polling,
        boolean remoteDemands,
        Intervals intervals,
        Optional<MonoTime> lastSeen,
        Counters counters) {

    /// What both sides agreed on.
    ///
    /// @param transmit at which packets are sent, before jitter
    /// @param receive at which the neighbour sends
    /// @param detection the silence after which the neighbour is held to be gone
    /// @param remoteDetection the silence after which it holds us to be gone
    public record Intervals(
            Duration transmit, Duration receive, Duration detection, Duration remoteDetection) {}

    /// @param dropped packets for this session that were ignored
    public record Counters(long sent, long received, long cameUp, Map<DropReason, Long> dropped) {

        public Counters {
            dropped = Map.copyOf(dropped);
        }
    }
}
