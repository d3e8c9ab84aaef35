package holdfast.daemon;

import holdfast.linux.SyscallException;
import holdfast.linux.UnixDatagram;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// Tells the service manager how we are (sd_notify(3)). Silent when there is none.
final class ServiceManager implements AutoCloseable {

    private final Optional<UnixDatagram> socket;
    private final String path;

    private ServiceManager(Optional<UnixDatagram> socket, String path) {
        this.socket = socket;
        this.path = path;
    }

    /// @param path the value of `NOTIFY_SOCKET`
    static ServiceManager at(Optional<String> path) throws SyscallException {
        return path.isPresent() && !path.get().isEmpty()
                ? new ServiceManager(Optional.of(UnixDatagram.open()), path.get())
                : new ServiceManager(Optional.empty(), "");
    }

    void ready(int pid, String status) {
        tell("READY=1\nMAINPID=" + pid + "\nSTATUS=" + status);
    }

    /// @param nowMicros the monotonic clock, for units of `Type=notify-reload`
    void reloading(long nowMicros) {
        tell("RELOADING=1\nMONOTONIC_USEC=" + nowMicros + "\nSTATUS=Reloading the configuration");
    }

    void stopping() {
        tell("STOPPING=1\nSTATUS=Stopping");
    }

    void status(String status) {
        tell("STATUS=" + status);
    }

    /// @param number an error of errno(3) that says why we end
    void failed(int number, String status) {
        tell("ERRNO=" + number + "\nSTATUS=" + status);
    }

    private void tell(String message) {
        socket.ifPresent(
                open -> open.send(path, ByteBuffer.wrap(message.getBytes(StandardCharsets.UTF_8))));
    }

    @Override
    public void close() {
        socket.ifPresent(UnixDatagram::close);
    }
}
