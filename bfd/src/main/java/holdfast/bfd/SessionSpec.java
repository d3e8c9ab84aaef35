package holdfast.bfd;

/// What one session is told to be.
///
/// @param name identifies the session over reloads
/// @param passive whether it waits for the neighbour to speak first (RFC 5880, section 6.1)
public record SessionSpec(
        String name, Path path, Timers timers, boolean passive, Authentication authentication) {

    /// A session without authentication.
    public SessionSpec(String name, Path path, Timers timers, boolean passive) {
        this(name, path, timers, passive, new Authentication.None());
    }
}
