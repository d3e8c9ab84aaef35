package holdfast.balance;

import holdfast.script.ScriptSpec;
import java.util.Optional;

/// How much live weight makes a service whole.
///
/// @param hysteresis less than `quorum`, or 0
public record QuorumSpec(
        long quorum, long hysteresis, Optional<ScriptSpec> up, Optional<ScriptSpec> down) {

    public static final QuorumSpec ONE = new QuorumSpec(1, 0, Optional.empty(), Optional.empty());
}
