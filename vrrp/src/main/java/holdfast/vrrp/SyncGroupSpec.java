package holdfast.vrrp;

import java.util.List;

/// Instances that are MASTER together or not at all.
///
/// @param members names of instances; at least one
/// @param memberWeights `sync_group_tracking_weight`: members may have weighted trackers
public record SyncGroupSpec(
        String name,
        List<String> members,
        Tracking tracking,
        boolean memberWeights,
        Notifying notifying) {

    public SyncGroupSpec {
        members = List.copyOf(members);
    }
}
