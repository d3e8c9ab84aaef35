package holdfast.config;

import java.util.Optional;

/// What is asked of the language: which file to read, and all that decides how it reads.
///
/// @param path the top file, as the user named it
/// @param directory where the program was started; a relative path is seen from there
/// @param configId what `@ID` lines are compared with
/// @param seed where `${_RANDOM}` begins
/// @param strictIncludes whether a missing include is an error from the first line on (`-e`)
public record Reading(
        String path, String directory, String configId, long seed, boolean strictIncludes) {

    /// The configuration id: the one that was given, else the host name up to its first dot.
    public static String configId(Optional<String> given, HostFacts host) {
        return given.orElseGet(() -> host.hostName().replaceFirst("\\..*", ""));
    }

    /// The same where chance has no part in it.
    Reading withoutSeed() {
        return new Reading(path, directory, configId, 0, strictIncludes);
    }
}
