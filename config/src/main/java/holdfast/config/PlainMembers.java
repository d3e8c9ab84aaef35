package holdfast.config;

import holdfast.vrrp.SyncGroupSpec;
import holdfast.vrrp.Tracking;
import holdfast.vrrp.VrrpSpec;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Takes weighted trackers off the members of groups that do not allow them: members of one group
/// share one fate, so their priorities may not drift apart (VRRP specification, section 9).
final class PlainMembers {

    private final Context context;
    private final Map<String, Word> names;

    /// @param names where each instance is named
    PlainMembers(Context context, Map<String, Word> names) {
        this.context = context;
        this.names = names;
    }

    List<VrrpSpec> without(List<VrrpSpec> instances, List<SyncGroupSpec> groups) {
        Set<String> plain = new HashSet<>();
        groups.stream()
                .filter(group -> !group.memberWeights())
                .forEach(group -> plain.addAll(group.members()));
        return instances.stream()
                .map(spec -> plain.contains(spec.name()) ? plain(spec) : spec)
                .toList();
    }

    private VrrpSpec plain(VrrpSpec spec) {
        Tracking tracking = spec.tracking().withoutWeights();
        if (tracking.equals(spec.tracking())) {
            return spec;
        }
        context.findings()
                .error(
                        Optional.ofNullable(names.get(spec.name())).orElseThrow(),
                        "'%s' is in a group, and so its trackers may have no weights"
                                .formatted(spec.name()),
                        "write sync_group_tracking_weight into the group");
        return spec.draft().tracking(tracking).done();
    }
}
