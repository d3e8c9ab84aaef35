package holdfast.balance;

import holdfast.net.Endpoint;
import holdfast.script.ScriptSpec;
import java.util.List;
import java.util.Optional;

/// One server of a pool.
///
/// @param endpoint the port is never 0 unless the service's is
/// @param inhibitOnFailure weight 0 instead of removal
/// @param upperThreshold connections, 0 for no limit
/// @param lowerThreshold connections, 0 for no limit
public record RealServerSpec(
        Endpoint endpoint,
        int weight,
        Forwarding forwarding,
        boolean inhibitOnFailure,
        long upperThreshold,
        long lowerThreshold,
        List<CheckerSpec> checkers,
        Optional<ScriptSpec> notifyUp,
        Optional<ScriptSpec> notifyDown,
        boolean smtpAlert) {

    public RealServerSpec {
        checkers = List.copyOf(checkers);
    }
}
