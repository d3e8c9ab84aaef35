package holdfast.daemon;

import holdfast.linux.ChildProcess;
import holdfast.linux.ChildProcess.Exit;
import holdfast.linux.Pipe;
import holdfast.linux.ProcessSpec;
import holdfast.linux.Spawn;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Starts the daemon in the background, and waits until it stands or says why not.
///
/// A virtual machine cannot fork, so the program is started once more, in a session of its own.
final class Daemonise {

    private static final int READY_FD = 3;
    private static final Duration LONGEST_END = Duration.ofSeconds(10);

    private Daemonise() {}

    /// @return what to exit with
    static int start(List<String> arguments, PrintStream console) throws IOException {
        List<String> theirs = new ArrayList<>(arguments);
        theirs.add("--" + Option.READY_FD.word() + "=" + READY_FD);
        try (Pipe pipe = Pipe.open()) {
            ProcessSpec spec =
                    ProcessSpec.of(Program.again(arguments.size(), theirs), Optional.empty())
                            .withEnvironment(System.getenv())
                            .inSession()
                            .blocking(DaemonSignals.ALL)
                            .inheriting(
                                    List.of(new ProcessSpec.Inherited(pipe.writer(), READY_FD)));
            try (ChildProcess daemon = Spawn.start(spec)) {
                pipe.writer().close();
                return hear(pipe, console) ? 0 : statusOf(daemon);
            }
        }
    }

    /// Passes on what the daemon says until it is up, or silent.
    private static boolean hear(Pipe pipe, PrintStream console) {
        ByteBuffer buffer = ByteBuffer.allocate(4096);
        while (pipe.reader().read(buffer.clear()) > 0) {
            String text = StandardCharsets.UTF_8.decode(buffer.flip()).toString();
            int up = text.indexOf(Voice.UP);
            console.print(up < 0 ? text : text.substring(0, up));
            if (up >= 0) {
                console.flush();
                return true;
            }
        }
        return false;
    }

    private static int statusOf(ChildProcess daemon) {
        Optional<Exit> exit = daemon.await(LONGEST_END);
        return exit.isPresent() && exit.get() instanceof Exit.Exited(var status) ? status : 1;
    }
}
