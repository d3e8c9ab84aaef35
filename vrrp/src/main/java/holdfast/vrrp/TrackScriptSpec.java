package holdfast.vrrp;

import holdfast.script.ScriptSpec;
import java.time.Duration;

/// A program whose exit status is watched.
///
/// @param interval between starts
/// @param timeout after which a run is killed and counts as failed
/// @param rise successes in a row until it is good
/// @param fall failures in a row until it is bad
/// @param initFail bad until proven good
public record TrackScriptSpec(
        String name,
        ScriptSpec script,
        Duration interval,
        Duration timeout,
        int rise,
        int fall,
        boolean initFail) {}
