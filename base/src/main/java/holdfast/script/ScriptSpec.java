package holdfast.script;

import java.util.List;

/// A command line that passed the script-security rules (runtime specification, scripts).
///
/// @param argv the resolved path first, then the arguments; never empty
public record ScriptSpec(List<String> argv, Identity identity) {

    public ScriptSpec {
        argv = List.copyOf(argv);
        if (argv.isEmpty()) {
            throw new IllegalArgumentException("a script needs a command");
        }
    }

    /// The command line as people write it, for logs and dumps.
    @Override
    public String toString() {
        return String.join(" ", argv);
    }
}
