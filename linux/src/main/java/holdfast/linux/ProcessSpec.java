package holdfast.linux;

import holdfast.script.Identity;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/// A process to start. Whatever is not named here is closed, reset, or /dev/null for it.
///
/// @param argv the path of the program first; never empty
/// @param identity whom to become; empty to stay who we are
/// @param session whether it gets a session of its own, and not only a process group
/// @param blocked signals it starts with blocked
/// @param descriptors what it inherits
public record ProcessSpec(
        List<String> argv,
        Map<String, String> environment,
        Optional<Identity> identity,
        boolean session,
        Set<Signal> blocked,
        List<Inherited> descriptors) {

    /// Our descriptor `ours` becomes number `theirs` over there.
    public record Inherited(Fd ours, int theirs) {}

    /// Variables that could make a program of the user run other code than it says.
    private static final Set<String> DANGEROUS = Set.of("IFS", "LD_PRELOAD", "LD_LIBRARY_PATH");

    /// Variables that are meant for us alone: who may speak to the service manager, and what our
    /// virtual machine needs to know.
    private static final Set<String> OURS = Set.of("NOTIFY_SOCKET", "_JAVA_SR_SIGNUM");

    public ProcessSpec {
        if (argv.isEmpty()) {
            throw new IllegalArgumentException("a process needs a program");
        }
        argv = List.copyOf(argv);
        environment = Map.copyOf(environment);
        blocked = Set.copyOf(blocked);
        descriptors = List.copyOf(descriptors);
    }

    /// A program with our environment, made safe, and nothing else of ours.
    public static ProcessSpec of(List<String> argv, Optional<Identity> identity) {
        return new ProcessSpec(argv, safeEnvironment(), identity, false, Set.of(), List.of());
    }

    public ProcessSpec inheriting(List<Inherited> these) {
        return new ProcessSpec(argv, environment, identity, session, blocked, these);
    }

    public ProcessSpec as(Identity whom) {
        return new ProcessSpec(argv, environment, Optional.of(whom), session, blocked, descriptors);
    }

    public ProcessSpec withEnvironment(Map<String, String> other) {
        return new ProcessSpec(argv, other, identity, session, blocked, descriptors);
    }

    public ProcessSpec blocking(Set<Signal> signals) {
        return new ProcessSpec(argv, environment, identity, session, signals, descriptors);
    }

    public ProcessSpec inSession() {
        return new ProcessSpec(argv, environment, identity, true, blocked, descriptors);
    }

    /// Our environment without what could turn against a privileged caller.
    public static Map<String, String> safeEnvironment() {
        Map<String, String> environment = new TreeMap<>(System.getenv());
        environment.keySet().removeAll(DANGEROUS);
        environment.keySet().removeAll(OURS);
        return environment;
    }
}
