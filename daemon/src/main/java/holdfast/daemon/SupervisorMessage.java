package holdfast.daemon;

import holdfast.config.Configuration;
import holdfast.daemon.bfd.BfdStatus;
import holdfast.vrrp.NodeStatus;
import java.util.Map;

/// What the roles in this process tell the supervisor.
sealed interface SupervisorMessage {

    /// All messages up to the one with this number were carried out.
    record Settled(RoleName role, long number) implements SupervisorMessage {}

    /// The role is over: as it was told, or by an error.
    record Ended(RoleName role, Ending ending) implements SupervisorMessage {}

    /// Sessions of BFD, as far as the checkers may know of them, and whether they are up.
    record SessionsAre(Map<String, Boolean> verdicts) implements SupervisorMessage {
        public SessionsAre {
            verdicts = Map.copyOf(verdicts);
        }
    }

    /// The answer to a request for the file of the sessions.
    ///
    /// @param configuration that held when it was asked for
    record BfdIs(Wanted wanted, Configuration configuration, BfdStatus status)
            implements SupervisorMessage {}

    /// The answer to a request for a file.
    ///
    /// @param configuration that held when it was asked for
    record VrrpIs(Wanted wanted, Configuration configuration, NodeStatus status)
            implements SupervisorMessage {}

    /// Which file was asked for.
    enum Wanted {
        DATA,
        STATISTICS,
        STATISTICS_AND_CLEAR,
        JSON,
        BEFORE_RELOAD,
        AFTER_RELOAD,
        /// Not a file, but lines in the log.
        LOG_LINES
    }

    /// How a role ended.
    sealed interface Ending {
        record Done() implements Ending {}

        /// The system refused what the role cannot do without.
        ///
        /// @param permission whether it was a matter of rights
        record Refused(String reason, boolean permission) implements Ending {}

        /// Our mistake; the text is for those who repair it.
        record Broken(String text) implements Ending {}

        /// Why, for the log.
        default String reason() {
            return switch (this) {
                case Done() -> "it ended unasked";
                case Refused(var reason, _) -> reason;
                case Broken(var text) -> "a mistake of the program\n" + text;
            };
        }
    }
}
