package holdfast.daemon;

import holdfast.config.Configuration;
import holdfast.daemon.SupervisorMessage.Wanted;
import holdfast.linux.EventLoop;
import holdfast.report.Clocks;
import holdfast.report.JsonDump;
import holdfast.report.StatsText;
import holdfast.report.VrrpDump;
import holdfast.vrrp.InstanceStatus;
import holdfast.vrrp.NodeSpec;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Makes the files that signals ask for. Remembers since when statistics are counted.
final class StatusWriter {

    private static final DumpFiles FILES =
            new DumpFiles(Optional.ofNullable(System.getenv("TMPDIR")));

    /// A file to write.
    record Text(String name, String text) {
        Path write() throws IOException {
            return FILES.write(name, text);
        }
    }

    private final StatsBaseline baseline = new StatsBaseline();

    Optional<Text> vrrp(Wanted wanted, NodeSpec spec, List<InstanceStatus> now) {
        List<InstanceStatus> counted = baseline.since(now);
        Clocks clocks = new Clocks(EventLoop.clock(), Instant.now());
        return switch (wanted) {
            case DATA -> Optional.of(new Text("keepalived.data", VrrpDump.of(spec, now, clocks)));
            case STATISTICS -> Optional.of(new Text("keepalived.stats", StatsText.of(counted)));
            case STATISTICS_AND_CLEAR -> {
                baseline.clear(now);
                yield Optional.of(new Text("keepalived.stats", StatsText.of(counted)));
            }
            case JSON ->
                    JsonDump.of(1, counted, spec.scripts(), clocks)
                            .map(text -> new Text("keepalived.json", text));
        };
    }

    Optional<Text> parent(Configuration configuration) {
        return Optional.of(
                new Text(
                        "keepalived_parent.data",
                        "------< Global definitions >------\n"
                                + configuration.global().toString().replace(", ", "\n ")
                                + "\n"));
    }
}
