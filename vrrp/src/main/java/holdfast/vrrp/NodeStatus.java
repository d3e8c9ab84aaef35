package holdfast.vrrp;

import java.util.List;

/// All of a node as it is now, for status, dumps, and tests.
///
/// @param instances in the order of the configuration
/// @param processes those that somebody tracks, in the order of the configuration
public record NodeStatus(List<InstanceStatus> instances, List<ProcessStatus> processes) {

    public NodeStatus {
        instances = List.copyOf(instances);
        processes = List.copyOf(processes);
    }
}
