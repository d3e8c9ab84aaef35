package holdfast.daemon.bfd;

import holdfast.bfd.DropReason;
import holdfast.bfd.SessionStatus;
import java.util.List;
import java.util.Map;

/// All sessions as they are now, for dumps.
///
/// @param dropped packets that were ignored and for no session
public record BfdStatus(List<SessionStatus> sessions, Map<DropReason, Long> dropped) {

    public BfdStatus {
        sessions = List.copyOf(sessions);
        dropped = Map.copyOf(dropped);
    }
}
