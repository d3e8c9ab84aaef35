package holdfast.daemon;

import holdfast.config.GlobalSpec;
import java.nio.file.Path;
import java.util.Optional;

/// Where the pid files are (runtime specification, section 4).
///
/// @param directory ours alone, to be made before and removed after; empty for the common one
/// @param marker of a load in progress, unless `reload_file` says otherwise
record PidPlan(
        Path main, Path vrrp, Path checkers, Path bfd, Optional<Path> directory, Path marker) {

    static final Path RUN = Path.of("/run");

    /// Paths of the command line win over those that follow from the configuration.
    static PidPlan of(Options options, GlobalSpec global) {
        Optional<String> namespace = options.namespace();
        boolean own =
                global.pidDirectory() || global.instance().isPresent() || namespace.isPresent();
        Path base = own ? RUN.resolve("keepalived") : RUN;
        Path directory = options.privateRun() ? base : namespace.map(base::resolve).orElse(base);
        String instance = global.instance().map(name -> "_" + name).orElse("");
        String suffix = instance + ".pid";
        Options.PidPaths given = options.pidPaths();
        return new PidPlan(
                given.main().map(Path::of).orElse(directory.resolve("keepalived" + suffix)),
                given.vrrp().map(Path::of).orElse(directory.resolve("vrrp" + suffix)),
                given.checkers().map(Path::of).orElse(directory.resolve("checkers" + suffix)),
                given.bfd().map(Path::of).orElse(directory.resolve("bfd" + suffix)),
                own ? Optional.of(directory) : Optional.empty(),
                directory.resolve("keepalived" + instance + ".reload"));
    }
}
