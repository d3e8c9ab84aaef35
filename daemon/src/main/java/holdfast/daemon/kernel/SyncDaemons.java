package holdfast.daemon.kernel;

import holdfast.netlink.ipvs.IpvsDaemon;
import java.util.ArrayList;
import java.util.List;

/// The sync daemons that shall run, and those that do. Pure.
///
/// What runs is known by the commands that were carried out, for the kernel does not say which
/// choices were its own. Daemons that others left behind therefore rarely look like ours, and are
/// stopped first.
final class SyncDaemons {

    private final List<IpvsDaemon> present = new ArrayList<>();
    private List<IpvsDaemon> wanted = List.of();

    void found(List<IpvsDaemon> running) {
        present.clear();
        present.addAll(running);
    }

    void want(List<IpvsDaemon> daemons) {
        wanted = List.copyOf(daemons);
    }

    boolean wantsAny() {
        return !wanted.isEmpty();
    }

    /// All that is missing, in the order in which it must be done.
    List<SyncCommand> commands() {
        List<SyncCommand> commands = new ArrayList<>();
        present.stream()
                .filter(daemon -> !wanted.contains(daemon))
                .forEach(daemon -> commands.add(new SyncCommand.Stop(daemon)));
        wanted.stream()
                .filter(daemon -> !present.contains(daemon))
                .forEach(daemon -> commands.add(new SyncCommand.Start(daemon)));
        return commands;
    }

    void did(SyncCommand command) {
        switch (command) {
            case SyncCommand.Stop(var daemon) -> present.remove(daemon);
            case SyncCommand.Start(var daemon) -> present.add(daemon);
        }
    }
}
