package holdfast.lab.interop;

import java.util.Optional;

/// Something that happens to the two routers, in this order; each is a row of the table.
enum Scene {
    START("Both start"),
    KILL("First is killed (SIGKILL)"),
    RETURN("First comes back"),
    CUT("They no longer hear each other"),
    MEND("They hear each other again"),
    STOP("First stops"),
    OWNER("First comes as the owner (priority 255)"),
    NO_PREEMPTION("First comes with nopreempt"),
    ADDRESSES("First comes with one address more"),
    INTERVALS("First comes with an interval of 4 s"),
    DELAY("First comes with preempt_delay 9 (intervals of 2 s)"),
    TIE("Equal priorities, first with the higher address, after a cut");

    private final String title;

    Scene(String title) {
        this.title = title;
    }

    /// Why this cannot be played with a program as the first; empty when it can.
    Optional<String> obstacle(Make first) {
        return switch (this) {
            case OWNER ->
                    first == Make.FRR
                            ? Optional.of("FRR takes priorities up to 254")
                            : Optional.empty();
            case DELAY ->
                    first == Make.FRR ? Optional.of("FRR has no such delay") : Optional.empty();
            case START, KILL, RETURN, CUT, MEND, STOP, NO_PREEMPTION, ADDRESSES, INTERVALS, TIE ->
                    Optional.empty();
        };
    }

    @Override
    public String toString() {
        return title;
    }
}
