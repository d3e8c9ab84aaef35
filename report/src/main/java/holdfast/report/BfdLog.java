package holdfast.report;

import holdfast.bfd.BfdEffect;
import holdfast.bfd.Diagnostic;
import holdfast.bfd.State;
import holdfast.report.LogLine.Gravity;
import java.util.List;

/// What the sessions of BFD did, in the sentences that monitoring searches for.
public final class BfdLog {

    private BfdLog() {}

    /// The lines for one effect; none for those that speak for themselves.
    public static List<LogLine> of(BfdEffect effect) {
        return switch (effect) {
            case BfdEffect.StateChanged change -> List.of(stateChanged(change));
            case BfdEffect.OpenSender _,
                    BfdEffect.CloseSender _,
                    BfdEffect.SendPacket _,
                    BfdEffect.VerdictIs _ ->
                    List.of();
        };
    }

    private static LogLine stateChanged(BfdEffect.StateChanged change) {
        Gravity gravity =
                switch (change.to()) {
                    case UP -> Gravity.NOTABLE;
                    case DOWN, ADMIN_DOWN ->
                            change.from() == State.UP ? Gravity.GRAVE : Gravity.PLAIN;
                    case INIT -> Gravity.DETAIL;
                };
        String why =
                change.to() == State.UP || change.to() == State.INIT
                        ? ""
                        : " (Local diagnostic - %s, Remote diagnostic - %s)"
                                .formatted(
                                        diagnostic(change.diagnostic().code()),
                                        diagnostic(change.remoteDiagnostic()));
        return new LogLine(
                gravity,
                "(%s) Entering %s state%s".formatted(change.session(), state(change.to()), why));
    }

    static String state(State state) {
        return switch (state) {
            case ADMIN_DOWN -> "AdminDown";
            case DOWN -> "Down";
            case INIT -> "Init";
            case UP -> "Up";
        };
    }

    /// The words of the standard (RFC 5880, section 4.1).
    static String diagnostic(int code) {
        for (Diagnostic diagnostic : Diagnostic.values()) {
            if (diagnostic.code() == code) {
                return words(diagnostic);
            }
        }
        return "Unknown " + code;
    }

    private static String words(Diagnostic diagnostic) {
        return switch (diagnostic) {
            case NONE -> "No Diagnostic";
            case DETECTION_TIME_EXPIRED -> "Control Detection Time Expired";
            case ECHO_FAILED -> "Echo Function Failed";
            case NEIGHBOUR_SIGNALED_DOWN -> "Neighbor Signaled Session Down";
            case FORWARDING_PLANE_RESET -> "Forwarding Plane Reset";
            case PATH_DOWN -> "Path Down";
            case CONCATENATED_PATH_DOWN -> "Concatenated Path Down";
            case ADMINISTRATIVELY_DOWN -> "Administratively Down";
            case REVERSE_CONCATENATED_PATH_DOWN -> "Reverse Concatenated Path Down";
        };
    }
}
