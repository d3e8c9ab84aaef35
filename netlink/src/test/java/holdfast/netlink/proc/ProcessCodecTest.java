package holdfast.netlink.proc;

import static org.junit.jupiter.api.Assertions.assertEquals;

import holdfast.netlink.Bytes;
import holdfast.netlink.MessageWriter;
import holdfast.netlink.Mutations;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Notices as a kernel 6.18 sent them.
class ProcessCodecTest {

    private static final String HEAD = "4c000000030000000000000000000000" + "0100000001000000";
    private static final String CONNECTOR = "000000000000000028000000";
    private static final String TIME = "00000000fc3a7b3c91020000";

    private static ByteBuffer datagram(String what, String data) {
        String hex = HEAD + CONNECTOR + what + TIME + data + "00".repeat(24 - data.length() / 2);
        return ByteBuffer.wrap(HexFormat.of().parseHex(hex)).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static final ByteBuffer LISTENING = datagram("00000000", "00000000");
    private static final ByteBuffer FORKED =
            datagram("01000000", "b3480000b3480000de480000de480000");
    private static final ByteBuffer THREAD =
            datagram("01000000", "8448000084480000df48000084480000");
    private static final ByteBuffer EXECUTED = datagram("02000000", "de480000de480000");
    private static final ByteBuffer RENAMED = datagram("00020000", "de480000de4800006e67696e7800");
    private static final ByteBuffer THREAD_RENAMED =
            datagram("00020000", "df480000844800007573657266697265");
    private static final ByteBuffer ENDED = datagram("00000080", "de480000de480000");
    private static final ByteBuffer THREAD_ENDED = datagram("00000080", "df48000084480000");

    /// Writes down what it hears.
    private static final class Notes implements ProcessListener {
        private final List<String> heard = new ArrayList<>();

        @Override
        public void onListening(int error) {
            heard.add("listening " + error);
        }

        @Override
        public void onForked(int parent, int child) {
            heard.add(parent + " forks " + child);
        }

        @Override
        public void onExecuted(int pid) {
            heard.add(pid + " executes");
        }

        @Override
        public void onRenamed(int pid, String name) {
            heard.add(pid + " is " + name);
        }

        @Override
        public void onEnded(int pid) {
            heard.add(pid + " ends");
        }
    }

    @Test
    void processesAreToldAndThreadsAreNot() {
        Notes notes = new Notes();
        for (ByteBuffer datagram :
                List.of(
                        LISTENING,
                        FORKED,
                        THREAD,
                        EXECUTED,
                        RENAMED,
                        THREAD_RENAMED,
                        ENDED,
                        THREAD_ENDED)) {
            ProcessCodec.read(datagram, notes);
        }
        assertEquals(
                List.of(
                        "listening 0",
                        "18611 forks 18654",
                        "18654 executes",
                        "18654 is nginx",
                        "18654 ends"),
                notes.heard);
    }

    @Test
    void askingIsOneMessage() {
        MessageWriter writer = new MessageWriter(ByteOrder.LITTLE_ENDIAN);
        ProcessCodec.listen(writer);
        assertEquals(
                "28000000030000000000000000000000"
                        + "0100000001000000000000000000000004000000"
                        + "01000000",
                Bytes.of(writer.batch()).toString());
    }

    @Test
    void damagedNoticesDoNoHarm() {
        Mutations.of(
                List.of(LISTENING, FORKED, EXECUTED, RENAMED, ENDED),
                datagram -> ProcessCodec.read(datagram, new Notes()));
    }
}
