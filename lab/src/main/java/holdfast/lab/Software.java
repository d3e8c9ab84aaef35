package holdfast.lab;

import java.nio.file.Path;
import java.util.List;

/// The programs that a [Daemon] can be; they understand the same options.
public enum Software {
    HOLDFAST,
    KEEPALIVED;

    /// The project's directory, or that of an installation to look at, by a property of the JVM.
    public static Path root() {
        return Path.of(System.getProperty("holdfast.root", ".")).toAbsolutePath().normalize();
    }

    /// The program; for Holdfast the one that `holdfast.program` names, else the one in the source
    /// tree.
    public String program() {
        return switch (this) {
            case HOLDFAST ->
                    System.getProperty("holdfast.program", root().resolve("holdfast").toString());
            case KEEPALIVED -> "keepalived";
        };
    }

    /// In the foreground, with the log on its output, in detail, and with files of its own for
    /// pids.
    List<String> command(Path configuration, Path pids) {
        return List.of(
                program(),
                "--dont-fork",
                "--log-console",
                "--log-detail",
                "--use-file=" + configuration,
                "--pid=" + pids.resolve("main.pid"),
                "--vrrp_pid=" + pids.resolve("vrrp.pid"),
                "--checkers_pid=" + pids.resolve("checkers.pid"),
                "--bfd_pid=" + pids.resolve("bfd.pid"));
    }
}
