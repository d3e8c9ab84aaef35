package holdfast.script;

import java.util.List;

/// The account a script runs as, resolved when the configuration was read.
///
/// @param groups supplementary ones
public record Identity(String user, int uid, int gid, List<Integer> groups) {

    public Identity {
        groups = List.copyOf(groups);
    }

    /// An account without supplementary groups.
    public Identity(String user, int uid, int gid) {
        this(user, uid, gid, List.of());
    }
}
