package holdfast.report;

import holdfast.script.ScriptSpec;
import java.util.List;

/// What scripts and pipes are to be told of one fact.
///
/// @param subject the instance, group, service or server it is about: what is said about one
///     subject arrives in order
/// @param scripts run one after another, in this order
/// @param fifoLine written to the pipes as it is, after the scripts were started; empty for none
/// @param last whether this is a word at the end, whose scripts are waited for a moment
public record Announcement(
        String subject, List<ScriptSpec> scripts, String fifoLine, boolean last) {

    public Announcement {
        scripts = List.copyOf(scripts);
    }

    static Announcement nothing(String subject) {
        return new Announcement(subject, List.of(), "", false);
    }

    public boolean isEmpty() {
        return scripts.isEmpty() && fifoLine.isEmpty();
    }
}
