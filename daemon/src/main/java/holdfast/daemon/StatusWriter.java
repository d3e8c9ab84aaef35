package holdfast.daemon;

import holdfast.config.Configuration;
import holdfast.daemon.SupervisorMessage.Wanted;
import holdfast.daemon.bfd.BfdStatus;
import holdfast.linux.EventLoop;
import holdfast.linux.Scheduling;
import holdfast.report.BfdDump;
import holdfast.report.Clocks;
import holdfast.report.JsonDump;
import holdfast.report.StatsText;
import holdfast.report.VrrpDump;
import holdfast.vrrp.InstanceStatus;
import holdfast.vrrp.NodeStatus;
import holdfast.vrrp.TrackScriptSpec;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Writes the files that signals and reloads ask for. Remembers since when statistics are counted.
final class StatusWriter {

    private final StatsBaseline baseline = new StatsBaseline();
    private final Options options;
    private final Log log;
    private long reloads;

    /// Where lines go that are not for a file.
    interface Log {
        void line(String text);
    }

    StatusWriter(Options options, Log log) {
        this.options = options;
        this.log = log;
    }

    /// Another reload begins; says whether the state before and after it is to be kept.
    boolean countReload(Configuration configuration) {
        reloads++;
        return files(configuration).saves();
    }

    /// @param configuration that held when the routers were asked
    /// @return where it was written; nothing without routers, for some
    Optional<Path> vrrp(Wanted wanted, Configuration configuration, NodeStatus status)
            throws IOException {
        DumpFiles files = files(configuration);
        Clocks clocks = new Clocks(EventLoop.clock(), Instant.now());
        List<InstanceStatus> now = status.instances();
        return switch (wanted) {
            case DATA -> Optional.of(files.data("", data(configuration, status, clocks)));
            case STATISTICS -> Optional.of(files.statistics(StatsText.of(baseline.since(now))));
            case STATISTICS_AND_CLEAR -> {
                String text = StatsText.of(baseline.since(now));
                baseline.clear(now);
                yield Optional.of(files.statistics(text));
            }
            case JSON -> {
                int version = configuration.global().house().dumps().jsonVersion();
                List<TrackScriptSpec> scripts = configuration.vrrp().scripts();
                Optional<String> text =
                        JsonDump.of(
                                version, baseline.since(now), status.processes(), scripts, clocks);
                yield text.isEmpty() ? Optional.empty() : Optional.of(files.json("", text.get()));
            }
            case LOG_LINES -> {
                log.line(data(configuration, status, clocks).strip());
                yield Optional.empty();
            }
            case BEFORE_RELOAD, AFTER_RELOAD ->
                    Optional.of(
                            files.save(
                                    "vrrp",
                                    Scheduling.pid(),
                                    reloads,
                                    wanted == Wanted.BEFORE_RELOAD,
                                    data(configuration, status, clocks)));
        };
    }

    /// @param configuration that held when the sessions were asked
    /// @return where it was written; nothing for some
    Optional<Path> bfd(Wanted wanted, Configuration configuration, BfdStatus status)
            throws IOException {
        Clocks clocks = new Clocks(EventLoop.clock(), Instant.now());
        String text =
                BfdDump.of(
                        status.sessions(),
                        status.dropped(),
                        configuration.bfd().toVrrp(),
                        configuration.bfd().toCheckers(),
                        clocks);
        return switch (wanted) {
            case DATA ->
                    Optional.of(
                            files(configuration)
                                    .data("_bfd", GlobalDump.of(configuration.global()) + text));
            case LOG_LINES -> {
                log.line(text.strip());
                yield Optional.empty();
            }
            case BEFORE_RELOAD, AFTER_RELOAD ->
                    Optional.of(
                            files(configuration)
                                    .save(
                                            "bfd",
                                            Scheduling.pid(),
                                            reloads,
                                            wanted == Wanted.BEFORE_RELOAD,
                                            GlobalDump.of(configuration.global()) + text));
            case STATISTICS, STATISTICS_AND_CLEAR, JSON -> Optional.empty();
        };
    }

    private static String data(Configuration configuration, NodeStatus status, Clocks clocks) {
        return GlobalDump.of(configuration.global())
                + VrrpDump.of(configuration.vrrp(), status, clocks);
    }

    Path parent(Configuration configuration) throws IOException {
        return files(configuration).data("_parent", GlobalDump.of(configuration.global()));
    }

    private DumpFiles files(Configuration configuration) {
        return DumpFiles.of(configuration.global(), options);
    }
}
