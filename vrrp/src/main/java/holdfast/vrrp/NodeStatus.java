package holdfast.vrrp;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/// All of a node as it is now, for status, dumps, and tests.
///
/// @param instances in the order of the configuration
/// @param processes those that somebody tracks, in the order of the configuration
/// @param sessions of BFD that somebody tracks, and whether they are up
public record NodeStatus(
        List<InstanceStatus> instances,
        List<ProcessStatus> processes,
        SequencedMap<String, Boolean> sessions) {

    /// One without sessions.
    public NodeStatus(List<InstanceStatus> instances, List<ProcessStatus> processes) {
        this(instances, processes, new LinkedHashMap<>());
    }

    public NodeStatus {
        instances = List.copyOf(instances);
        processes = List.copyOf(processes);
        sessions = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(sessions));
    }
}
