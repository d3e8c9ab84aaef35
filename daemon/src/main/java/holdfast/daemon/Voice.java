package holdfast.daemon;

import holdfast.linux.Fd;
import holdfast.linux.SyscallException;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// How a start speaks to the person who waits for it: directly, or from the background through a
/// pipe to the process that they started.
///
/// The pipe carries text, and ends with [#UP] once the daemon stands.
final class Voice implements AutoCloseable {

    /// Says on the pipe that the daemon is up. Not a letter of any text.
    static final char UP = 6;

    private final Optional<Fd> pipe;
    private final PrintStream console;

    private Voice(Optional<Fd> pipe, PrintStream console) {
        this.pipe = pipe;
        this.console = console;
    }

    static Voice of(Optional<Integer> readyFd, PrintStream console) throws SyscallException {
        return new Voice(
                readyFd.isPresent() ? Optional.of(Fd.inherited(readyFd.get())) : Optional.empty(),
                console);
    }

    void say(String text) {
        if (pipe.isEmpty()) {
            console.println(text);
        } else {
            write(text + "\n");
        }
    }

    /// The daemon is up: who waits may go.
    void up() {
        if (pipe.isPresent() && pipe.get().isOpen()) {
            write(String.valueOf(UP));
            close();
        }
    }

    private void write(String text) {
        pipe.filter(Fd::isOpen)
                .ifPresent(
                        fd -> {
                            ByteBuffer bytes =
                                    ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
                            while (bytes.hasRemaining() && fd.write(bytes) > 0) {
                                // Goes on with the rest.
                            }
                        });
    }

    @Override
    public void close() {
        pipe.ifPresent(Fd::close);
    }
}
