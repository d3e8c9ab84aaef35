package holdfast.daemon.journal;

import holdfast.linux.SyscallException;
import holdfast.linux.UnixDatagram;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;

/// The system's log daemon, behind its datagram socket (syslog(3), RFC 3164).
public final class SyslogSink implements Sink {

    private static final int LINE_BYTES_MAX = 8 * 1024;

    private final UnixDatagram socket;
    private final String path;
    private final int facility;
    private final int pid;
    private final ZoneId zone;
    private final String suffix;

    /// @param facility shifted as in a message's priority
    /// @param suffix of the names of all who write, to tell daemons on one host apart
    public SyslogSink(String path, int facility, int pid, ZoneId zone, String suffix)
            throws SyscallException {
        this.socket = UnixDatagram.open();
        this.path = path;
        this.facility = facility;
        this.pid = pid;
        this.zone = zone;
        this.suffix = suffix;
    }

    @Override
    public void write(Entry entry) {
        String line =
                "<"
                        + (facility | entry.level().severity())
                        + ">"
                        + Stamp.of(entry.at(), zone).syslog()
                        + " "
                        + entry.ident()
                        + suffix
                        + "["
                        + pid
                        + "]: "
                        + entry.text();
        byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
        socket.send(path, ByteBuffer.wrap(bytes, 0, Math.min(bytes.length, LINE_BYTES_MAX)));
    }

    @Override
    public void close() {
        socket.close();
    }
}
