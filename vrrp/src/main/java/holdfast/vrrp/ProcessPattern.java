package holdfast.vrrp;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/// Which processes are meant.
///
/// @param program a name for [Match#NAME], otherwise the first word of the command line
/// @param parameters the other words, as far as `match` looks at them
public record ProcessPattern(String program, List<String> parameters, Match match) {

    /// What is compared.
    public enum Match {
        /// The name that the kernel keeps of the process (`/proc/PID/comm`).
        NAME,
        /// The first word of the command line, whatever follows.
        PROGRAM,
        /// The whole command line.
        EXACT,
        /// The command line up to the last of our parameters, whatever follows.
        LEADING,
        /// As [#LEADING], but the last parameter may also be longer than ours.
        BEGINNING
    }

    /// The kernel keeps so many bytes of a name (TASK_COMM_LEN without its zero).
    private static final int NAME_BYTES = 15;

    public ProcessPattern {
        parameters = List.copyOf(parameters);
    }

    /// Whether command lines must be read to tell.
    public boolean looksAtCommandLine() {
        return match != Match.NAME;
    }

    /// Whether a process of this name and command line is meant.
    ///
    /// @param command empty for threads of the kernel, and where nobody needs to know
    public boolean matches(String name, List<String> command) {
        if (match == Match.NAME) {
            return name.equals(shortened(program));
        }
        if (command.isEmpty() || !command.getFirst().equals(program)) {
            return false;
        }
        List<String> words = command.subList(1, command.size());
        return switch (match) {
            case NAME, PROGRAM -> true;
            case EXACT -> words.equals(parameters);
            case LEADING -> leads(words, parameters.size());
            case BEGINNING ->
                    parameters.isEmpty()
                            || (words.size() >= parameters.size()
                                    && leads(words, parameters.size() - 1)
                                    && words.get(parameters.size() - 1)
                                            .startsWith(parameters.getLast()));
        };
    }

    private boolean leads(List<String> words, int count) {
        return words.size() >= count
                && words.subList(0, count).equals(parameters.subList(0, count));
    }

    /// A path stands for its last part, since the kernel keeps nothing else.
    private static String shortened(String program) {
        String last =
                program.startsWith("/") ? program.substring(program.lastIndexOf('/') + 1) : program;
        byte[] bytes = last.getBytes(StandardCharsets.UTF_8);
        return bytes.length <= NAME_BYTES
                ? last
                : new String(Arrays.copyOf(bytes, NAME_BYTES), StandardCharsets.UTF_8);
    }
}
