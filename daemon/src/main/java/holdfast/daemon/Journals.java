package holdfast.daemon;

import holdfast.daemon.journal.Journal;
import holdfast.daemon.journal.Sink;
import holdfast.daemon.journal.StreamSink;
import holdfast.daemon.journal.SyslogSink;
import holdfast.linux.Scheduling;
import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Starts the journal of a process, as the command line wants it.
final class Journals {

    private static final String SYSLOG = "/dev/log";

    private Journals() {}

    /// @param process put before the last dot of the log file's name: processes do not share a file
    /// @param instance of the whole daemon, which files and syslog name, too
    static Journal start(Options options, String process, Optional<String> instance)
            throws IOException {
        String whose =
                options.namespace().map(name -> "_" + name).orElse("")
                        + instance.map(name -> "_" + name).orElse("");
        Options.Logging logging = options.logging();
        ZoneId zone = ZoneId.systemDefault();
        List<Sink> sinks = new ArrayList<>();
        if (logging.syslog()) {
            sinks.add(new SyslogSink(SYSLOG, logging.facility(), Scheduling.pid(), zone, whose));
        }
        if (logging.console() && !options.background()) {
            sinks.add(StreamSink.console(new FileOutputStream(FileDescriptor.err), zone));
        }
        if (logging.file().isPresent()) {
            Path file = Path.of(named(logging.file().get(), process + whose));
            var out =
                    Files.newOutputStream(
                            file,
                            StandardOpenOption.CREATE,
                            StandardOpenOption.WRITE,
                            StandardOpenOption.APPEND);
            sinks.add(StreamSink.file(new BufferedOutputStream(out), zone, logging.flush()));
        }
        return Journal.start(sinks, logging.detail() > 0);
    }

    static String named(String file, String infix) {
        int dot = file.lastIndexOf('.');
        return dot <= file.lastIndexOf('/')
                ? file + infix
                : file.substring(0, dot) + infix + file.substring(dot);
    }
}
