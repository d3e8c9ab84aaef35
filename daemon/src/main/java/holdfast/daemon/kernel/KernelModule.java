package holdfast.daemon.kernel;

import holdfast.linux.ChildProcess;
import holdfast.linux.ProcessSpec;
import holdfast.linux.Spawn;
import holdfast.linux.SyscallException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Loading of a kernel module by modprobe(8).
final class KernelModule {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private static final List<String> PLACES = List.of("/sbin/modprobe", "/usr/sbin/modprobe");

    private KernelModule() {}

    /// Whether modprobe says it worked. It fails in containers, and where there are no modules.
    static boolean load(String name) {
        for (String place : PLACES) {
            ProcessSpec spec = ProcessSpec.of(List.of(place, "-q", name), Optional.empty());
            try (ChildProcess modprobe = Spawn.start(spec)) {
                return modprobe.await(PATIENCE)
                        .map(ChildProcess.Exit::isSuccess)
                        .orElse(Boolean.FALSE);
            } catch (SyscallException _) {
                // Not in this place; perhaps in the next.
            }
        }
        return false;
    }
}
