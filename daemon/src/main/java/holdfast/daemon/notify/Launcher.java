package holdfast.daemon.notify;

import holdfast.linux.ChildProcess;
import holdfast.linux.Errno;
import holdfast.linux.ProcessSpec;
import holdfast.linux.Spawn;
import holdfast.linux.SyscallException;
import holdfast.script.ScriptSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Starts scripts of the user: as their user, with nothing of ours but a clean environment.
///
/// Confined to one thread, which becomes the scripts' users for the time of the call.
public final class Launcher {

    private static final String SHELL = "/bin/sh";

    private final Map<String, String> environment;

    public Launcher() {
        environment = ProcessSpec.safeEnvironment();
    }

    /// Starts the script; a text without an interpreter line runs in the shell.
    public ChildProcess start(ScriptSpec script) throws SyscallException {
        try {
            return start(script, script.argv());
        } catch (SyscallException e) {
            if (e.errno() != Errno.ENOEXEC) {
                throw e;
            }
            List<String> argv = new ArrayList<>(List.of(SHELL));
            argv.addAll(script.argv());
            return start(script, argv);
        }
    }

    private ChildProcess start(ScriptSpec script, List<String> argv) throws SyscallException {
        return Spawn.start(
                ProcessSpec.of(argv, Optional.of(script.identity())).withEnvironment(environment));
    }
}
