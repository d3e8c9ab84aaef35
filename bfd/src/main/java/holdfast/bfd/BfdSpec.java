package holdfast.bfd;

import java.util.List;

/// All sessions of a host. Names differ, and no two claim the same packets.
public record BfdSpec(List<SessionSpec> sessions, Conduct conduct) {

    public static final BfdSpec NOTHING = new BfdSpec(List.of(), Conduct.USUAL);

    public BfdSpec {
        sessions = List.copyOf(sessions);
        for (int i = 0; i < sessions.size(); i++) {
            for (int j = 0; j < i; j++) {
                SessionSpec one = sessions.get(i);
                SessionSpec other = sessions.get(j);
                if (one.name().equals(other.name()) || one.path().overlaps(other.path())) {
                    throw new IllegalArgumentException(
                            "in conflict: " + one.name() + " and " + other.name());
                }
            }
        }
    }
}
