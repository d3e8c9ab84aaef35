package holdfast.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// What is asked of IPVS in a namespace, seen by an interface that shows netlink.
final class IpvsCalls implements AutoCloseable {

    /// `enum` in linux/ip_vs.h
    static final int NEW_DESTINATION = 5;

    private static final int GET_INFO = 15;
    private static final int ZERO = 16;

    private static final int NETLINK_GENERIC = 16;
    private static final int REQUEST = 1;
    private static final int FILE_HEADER_BYTES = 24;
    private static final int COOKED_HEADER_BYTES = 16;
    private static final int MESSAGE_HEADER_BYTES = 16;
    private static final int CONTROLLER = 0x10;

    private static final Duration LIMIT = Duration.ofSeconds(10);

    private final Host host;
    private final Process process;
    private final Path file;
    private int taken;

    private IpvsCalls(Host host, Process process, Path file) {
        this.host = host;
        this.process = process;
        this.file = file;
    }

    /// Returns when it listens.
    static IpvsCalls watch(Host host) {
        host.run("ip", "link", "add", "netlink0", "type", "nlmon");
        host.run("ip", "link", "set", "netlink0", "up");
        Path file = host.lab().directory().resolve("netlink.pcap");
        Path log = host.lab().file("netlink.log", "");
        Process process =
                host.start(
                        "netlink.log",
                        List.of(
                                "tcpdump",
                                "-U",
                                "-Z",
                                "root",
                                "--immediate-mode",
                                "-s",
                                "65535",
                                "-i",
                                "netlink0",
                                "-w",
                                file.toString()));
        Await.until("tcpdump listens", LIMIT, () -> text(log).contains("listening on"));
        return new IpvsCalls(host, process, file);
    }

    /// The commands since the last time, without those of the mark that is set here, so that all
    /// that came before it is seen.
    List<Integer> take() {
        int marks = marks(all());
        host.run("ipvsadm", "-Z");
        Await.until("the mark is seen", LIMIT, () -> marks(all()) > marks);
        List<Integer> all = all();
        List<Integer> since = new ArrayList<>(all.subList(taken, all.size()));
        taken = all.size();
        since.removeIf(command -> command == ZERO || command == GET_INFO);
        return since;
    }

    private static int marks(List<Integer> commands) {
        return (int) commands.stream().filter(command -> command == ZERO).count();
    }

    private List<Integer> all() {
        List<Integer> commands = new ArrayList<>();
        try {
            ByteBuffer pcap =
                    ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.nativeOrder());
            pcap.position(Math.min(FILE_HEADER_BYTES, pcap.limit()));
            while (pcap.hasRemaining()) {
                pcap.getLong(); // When.
                int length = pcap.getInt();
                pcap.getInt();
                ByteBuffer packet = pcap.slice(pcap.position(), length);
                pcap.position(pcap.position() + length);
                read(packet.order(ByteOrder.BIG_ENDIAN), commands);
            }
        } catch (BufferUnderflowException | IndexOutOfBoundsException ignored) {
            // The last is not whole yet.
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return commands;
    }

    private static void read(ByteBuffer packet, List<Integer> commands) {
        if (packet.getShort(14) != NETLINK_GENERIC) {
            return;
        }
        packet.order(ByteOrder.nativeOrder());
        int at = COOKED_HEADER_BYTES;
        while (at + MESSAGE_HEADER_BYTES < packet.limit()) {
            boolean request = (packet.getShort(at + 6) & REQUEST) != 0;
            if (request && packet.getShort(at + 4) > CONTROLLER) {
                commands.add((int) packet.get(at + MESSAGE_HEADER_BYTES));
            }
            at += Math.max(MESSAGE_HEADER_BYTES, packet.getInt(at) + 3 & ~3);
        }
    }

    private static String text(Path log) {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        process.destroy();
        process.onExit().join();
    }
}
