package holdfast.report;

import holdfast.vrrp.DropReason;
import holdfast.vrrp.InstanceStatus;
import java.util.List;

/// `keepalived.stats`: the counters of every instance, as a text with a line for each.
public final class StatsText {

    private StatsText() {}

    public static String of(List<InstanceStatus> instances) {
        StringBuilder out = new StringBuilder();
        for (InstanceStatus status : instances) {
            instance(status, out);
        }
        return out.toString();
    }

    private static void instance(InstanceStatus status, StringBuilder out) {
        InstanceStatus.Counters counters = status.counters();
        out.append("VRRP Instance: ").append(status.spec().name()).append('\n');
        out.append("  Advertisements:\n");
        number(out, "    Received", counters.advertsReceived());
        number(out, "    Sent", counters.advertsSent());
        number(out, "  Became master", counters.becameMaster());
        number(out, "  Released master", counters.releasedMaster());
        out.append("  Packet Errors:\n");
        number(out, "    Length", counters.droppedFor(DropReason.WRONG_LENGTH));
        number(out, "    TTL", counters.droppedFor(DropReason.WRONG_TTL));
        number(out, "    Invalid Type", counters.droppedFor(DropReason.WRONG_TYPE));
        number(out, "    Advertisement Interval", counters.droppedFor(DropReason.WRONG_INTERVAL));
        number(
                out,
                "    Address List",
                counters.otherAddresses()
                        + counters.droppedFor(DropReason.WRONG_TRANSPORT, DropReason.NO_ADDRESSES));
        out.append("  Authentication Errors:\n");
        number(out, "    Invalid Type", counters.droppedFor(DropReason.WRONG_AUTH_TYPE));
        number(out, "    Type Mismatch", counters.droppedFor(DropReason.AUTH_TYPE_MISMATCH));
        number(
                out,
                "    Failure",
                counters.droppedFor(DropReason.AUTH_FAILURE, DropReason.REPLAYED));
        out.append("  Authentication Extension Errors:\n");
        number(out, "    Missing", counters.droppedFor(DropReason.TRAILER_MISSING));
        number(out, "    Malformed", counters.droppedFor(DropReason.TRAILER_MALFORMED));
        number(out, "    Unknown Key", counters.droppedFor(DropReason.TRAILER_KEY_UNKNOWN));
        number(out, "    Invalid HMAC", counters.droppedFor(DropReason.TRAILER_FORGED));
        number(out, "    Stale", counters.droppedFor(DropReason.TRAILER_STALE));
        number(out, "    Replay", counters.droppedFor(DropReason.TRAILER_REPLAYED));
        out.append("  Priority Zero:\n");
        number(out, "    Received", counters.priorityZeroReceived());
        number(out, "    Sent", counters.priorityZeroSent());
    }

    private static void number(StringBuilder out, String name, long value) {
        out.append(name).append(": ").append(value).append('\n');
    }
}
