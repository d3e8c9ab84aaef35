package holdfast.vrrp;

import holdfast.time.MonoTime;
import holdfast.vrrp.FaultReason.Kind;
import holdfast.vrrp.VrrpEvent.FileSays;
import holdfast.vrrp.VrrpEvent.ProcessesCounted;
import holdfast.vrrp.VrrpEvent.ScriptFinished;
import holdfast.vrrp.VrrpEvent.ScriptOverdue;
import holdfast.vrrp.VrrpEvent.SessionIs;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;

/// Scripts, files, processes and sessions of BFD that somebody tracks: what is known of each.
///
/// Those that keep their name over a reload keep what is known of them.
final class Trackers {

    /// What a file does at most, beyond which it is a fault.
    private static final int MOST = 253;

    private static final int FAULT = -254;

    private final Map<String, ScriptTracker> scripts = new LinkedHashMap<>();
    private final Map<String, ProcessTracker> processes = new LinkedHashMap<>();

    /// Files that count; those that nobody read yet have no value.
    private final Set<String> files = new HashSet<>();

    private final Map<String, Integer> values = new HashMap<>();

    /// Sessions that count.
    private final Set<String> sessions = new LinkedHashSet<>();

    /// Those that are up, also of those that nobody tracks yet.
    private final Set<String> sessionsUp = new HashSet<>();

    private long nextRun = 1;

    /// Makes the orders in force those of `next`.
    void respecify(Turn turn, NodeSpec next) {
        followScripts(turn, next);
        followSessions(next);
        Watching watched = next.watched();
        files.clear();
        watched.files().forEach(file -> files.add(file.name()));
        values.keySet().retainAll(files);
        Map<String, ProcessTracker> old = new HashMap<>(processes);
        processes.clear();
        for (TrackProcessSpec spec : watched.processes()) {
            ProcessTracker tracker = old.get(spec.name());
            if (tracker == null) {
                tracker = new ProcessTracker(spec);
            } else {
                tracker.respecify(turn, spec);
            }
            processes.put(spec.name(), tracker);
        }
    }

    private void followSessions(NodeSpec next) {
        sessions.clear();
        next.instances().forEach(instance -> addNames(sessions, instance.tracking().sessions()));
        next.groups().forEach(group -> addNames(sessions, group.tracking().sessions()));
    }

    private void followScripts(Turn turn, NodeSpec next) {
        Set<String> used = new HashSet<>();
        next.instances().forEach(instance -> addNames(used, instance.tracking().scripts()));
        next.groups().forEach(group -> addNames(used, group.tracking().scripts()));
        Map<String, ScriptTracker> old = new HashMap<>(scripts);
        scripts.clear();
        for (TrackScriptSpec script : next.scripts()) {
            if (!used.contains(script.name())) {
                continue;
            }
            ScriptTracker tracker = old.get(script.name());
            if (tracker == null) {
                tracker = new ScriptTracker(script, turn.now());
            } else {
                tracker.respecify(script, turn.now());
            }
            scripts.put(script.name(), tracker);
        }
    }

    private static void addNames(Set<String> names, Collection<Tracking.Item> items) {
        items.forEach(item -> names.add(item.name()));
    }

    // What happens: whether anything changed that a router could depend on.

    boolean on(Turn turn, ScriptFinished finished) {
        ScriptTracker script = scripts.get(finished.script());
        return script != null && script.onFinished(turn, finished.run(), finished.success());
    }

    boolean on(Turn turn, ScriptOverdue overdue) {
        ScriptTracker script = scripts.get(overdue.script());
        return script != null && script.onOverdue(turn, overdue.run());
    }

    boolean on(Turn turn, FileSays says) {
        if (!files.contains(says.file())) {
            return false;
        }
        Integer before = values.put(says.file(), says.value());
        boolean changed = before == null || before != says.value();
        if (changed) {
            turn.ask(new VrrpEffect.FileChanged(says.file(), says.value()));
        }
        return changed;
    }

    boolean on(Turn turn, ProcessesCounted counted) {
        ProcessTracker tracker = processes.get(counted.process());
        return tracker != null && tracker.on(turn, counted.count());
    }

    boolean on(Turn turn, SessionIs session) {
        String name = session.session();
        boolean changed = session.up() ? sessionsUp.add(name) : sessionsUp.remove(name);
        if (changed && sessions.contains(name)) {
            turn.ask(new VrrpEffect.SessionTurned(name, session.up()));
            return true;
        }
        return false;
    }

    boolean onDeadline(Turn turn) {
        boolean changed = false;
        for (ScriptTracker script : scripts.values()) {
            if (!script.deadline().isAfter(turn.now())) {
                changed |= script.onDeadline(turn, script.isIdle() ? nextRun++ : nextRun);
            }
        }
        for (ProcessTracker tracker : processes.values()) {
            changed |= tracker.onDeadline(turn);
        }
        return changed;
    }

    MonoTime deadline() {
        MonoTime first = MonoTime.NEVER;
        if (scripts.isEmpty() && processes.isEmpty()) {
            return first; // Asked after every packet.
        }
        for (ScriptTracker script : scripts.values()) {
            first = script.deadline().isAfter(first) ? first : script.deadline();
        }
        for (ProcessTracker tracker : processes.values()) {
            first = tracker.deadline().isAfter(first) ? first : tracker.deadline();
        }
        return first;
    }

    // What that means to who tracks it.

    /// What must be known before a router may take any role.
    void addUnknown(Tracking tracking, List<FaultReason> reasons) {
        for (Tracking.Item item : tracking.scripts()) {
            ScriptTracker script = scripts.get(item.name());
            if (script != null && script.isUndecided() && item.weight().value() == 0) {
                reasons.add(new FaultReason(Kind.SCRIPT_NOT_RUN_YET, item.name()));
            }
        }
        for (Tracking.Item item : tracking.files()) {
            if (files.contains(item.name()) && !values.containsKey(item.name())) {
                reasons.add(new FaultReason(Kind.FILE_NOT_READ_YET, item.name()));
            }
        }
        for (Tracking.Item item : tracking.processes()) {
            ProcessTracker tracker = processes.get(item.name());
            if (tracker != null && tracker.isUndecided()) {
                reasons.add(new FaultReason(Kind.PROCESSES_NOT_COUNTED_YET, item.name()));
            }
        }
    }

    /// What keeps a router in FAULT; nothing unknown is a fault.
    void addFaults(Tracking tracking, List<FaultReason> reasons) {
        for (Tracking.Item item : tracking.scripts()) {
            ScriptTracker script = scripts.get(item.name());
            if (script != null && !script.isUndecided() && item.weight().isFault(script.isGood())) {
                reasons.add(new FaultReason(Kind.TRACKED_SCRIPT, item.name()));
            }
        }
        for (Tracking.Item item : tracking.files()) {
            Integer value = values.get(item.name());
            if (value != null && isFault(item.weight(), value)) {
                reasons.add(new FaultReason(Kind.TRACKED_FILE, item.name()));
            }
        }
        for (Tracking.Item item : tracking.processes()) {
            ProcessTracker tracker = processes.get(item.name());
            if (tracker != null
                    && !tracker.isUndecided()
                    && item.weight().isFault(tracker.isGood())) {
                reasons.add(new FaultReason(Kind.TRACKED_PROCESS, item.name()));
            }
        }
        for (Tracking.Item item : tracking.sessions()) {
            if (item.weight().isFault(sessionsUp.contains(item.name()))) {
                reasons.add(new FaultReason(Kind.TRACKED_SESSION, item.name()));
            }
        }
    }

    /// What all of it adds to the priority, or takes from it.
    int contribution(Tracking tracking) {
        int sum = 0;
        for (Tracking.Item item : tracking.scripts()) {
            ScriptTracker script = scripts.get(item.name());
            if (script != null && !script.isUndecided()) {
                sum += item.weight().contribution(script.isGood());
            }
        }
        for (Tracking.Item item : tracking.files()) {
            Integer value = values.get(item.name());
            sum += value == null ? 0 : added(item.weight(), value);
        }
        for (Tracking.Item item : tracking.processes()) {
            ProcessTracker tracker = processes.get(item.name());
            if (tracker != null && !tracker.isUndecided()) {
                sum += item.weight().contribution(tracker.isGood());
            }
        }
        for (Tracking.Item item : tracking.sessions()) {
            sum += item.weight().contribution(sessionsUp.contains(item.name()));
        }
        return sum;
    }

    /// A file without a weight is good while it says zero.
    private static boolean isFault(Weight weight, int value) {
        return weight.value() == 0 ? weight.isFault(value == 0) : weight.times(value) <= FAULT;
    }

    private static int added(Weight weight, int value) {
        return Math.clamp(weight.times(value), FAULT, MOST);
    }

    SequencedMap<String, Boolean> sessions() {
        SequencedMap<String, Boolean> known = new LinkedHashMap<>();
        sessions.forEach(name -> known.put(name, sessionsUp.contains(name)));
        return known;
    }

    List<ProcessStatus> processes() {
        List<ProcessStatus> statuses = new ArrayList<>();
        processes.values().forEach(tracker -> statuses.add(tracker.status()));
        return statuses;
    }
}
