package holdfast.report;

import holdfast.json.Json;
import holdfast.vrrp.LinkWatchSpec;
import holdfast.vrrp.ProcessPattern;
import holdfast.vrrp.ProcessPattern.Match;
import holdfast.vrrp.ProcessStatus;
import holdfast.vrrp.TrackFileSpec;
import holdfast.vrrp.TrackProcessSpec;
import holdfast.vrrp.Watching;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/// Files, processes and interfaces that are watched, as dumps print them.
final class TrackersDump {

    private TrackersDump() {}

    static void of(Watching watching, List<ProcessStatus> processes, Outline out) {
        if (!watching.files().isEmpty()) {
            out.title("VRRP Track files");
            watching.files().forEach(file -> file(file, out));
        }
        if (!processes.isEmpty()) {
            out.title("VRRP Track processes");
            processes.forEach(process -> process(process, out));
        }
        if (!watching.links().isEmpty()) {
            out.title("Watched interfaces");
            watching.links().forEach(link -> link(link, out));
        }
    }

    private static void file(TrackFileSpec file, Outline out) {
        out.head("VRRP Track file", file.name());
        out.line("File", file.path());
    }

    private static void process(ProcessStatus status, Outline out) {
        TrackProcessSpec spec = status.spec();
        out.head("VRRP Track process", spec.name());
        out.line("Process", spec.pattern().program());
        if (!spec.pattern().parameters().isEmpty()) {
            out.line("Parameters", String.join(" ", spec.pattern().parameters()));
        }
        out.line("Param match", match(spec.pattern().match()));
        out.line("Min processes", Integer.toString(spec.least()));
        spec.most().ifPresent(most -> out.line("Max processes", Integer.toString(most)));
        out.line("Current processes", Integer.toString(status.count()));
        out.line("Have quorum", Boolean.toString(status.good()));
        out.line("Weight", Integer.toString(spec.weight().value()));
        out.line("Terminate delay", Numbers.seconds(spec.terminateDelay()) + "s");
        out.line("Fork delay", Numbers.seconds(spec.forkDelay()) + "s");
        out.line("Fork delay timer", status.becomingGood() ? "running" : "not running");
        out.line("Terminate delay timer", status.becomingBad() ? "running" : "not running");
        out.line("Full command", Boolean.toString(spec.pattern().looksAtCommandLine()));
    }

    private static void link(LinkWatchSpec link, Outline out) {
        out.head("Interface", link.interfaceName());
        link.poll().ifPresent(poll -> out.line("Asked by", poll.toString()));
        out.line("Down debounce timer", Numbers.seconds(link.downDelay()) + "s");
        out.line("Up debounce timer", Numbers.seconds(link.upDelay()) + "s");
    }

    /// An element of `track_process` in version 2 of the JSON.
    static Json json(ProcessStatus status) {
        TrackProcessSpec spec = status.spec();
        ProcessPattern pattern = spec.pattern();
        SequencedMap<String, Json> out = new LinkedHashMap<>();
        out.put("process", Json.of(pattern.program()));
        if (!pattern.parameters().isEmpty()) {
            out.put("parameters", Json.of(String.join(" ", pattern.parameters())));
        }
        out.put("param_match", Json.of(match(pattern.match())));
        out.put("min_processes", Json.of(spec.least()));
        spec.most().ifPresent(most -> out.put("max_processes", Json.of(most)));
        out.put("current_processes", Json.of(status.count()));
        out.put("have_quorum", Json.of(status.good()));
        out.put("weight", Json.of(spec.weight().value()));
        out.put("terminate_delay", seconds(spec.terminateDelay()));
        out.put("fork_delay", seconds(spec.forkDelay()));
        out.put("fork_delay_timer_running", Json.of(status.becomingGood()));
        out.put("terminate_delay_timer_running", Json.of(status.becomingBad()));
        out.put("full_command", Json.of(pattern.looksAtCommandLine()));
        return Json.of(out);
    }

    private static Json seconds(Duration time) {
        return new Json.Num(Numbers.seconds(time));
    }

    private static String match(Match match) {
        return switch (match) {
            case NAME, PROGRAM -> "none";
            case EXACT -> "exact";
            case LEADING -> "partial";
            case BEGINNING -> "initial";
        };
    }
}
