package holdfast.netlink;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/// Recorded bytes. All were recorded on little-endian machines.
public final class Golden {

    private Golden() {}

    public static MessageWriter writer() {
        return new MessageWriter(ByteOrder.LITTLE_ENDIAN);
    }

    /// The batch in hexadecimal.
    public static String hex(MessageWriter writer) {
        return Bytes.of(writer.batch()).toString();
    }

    /// Bytes as a socket would hand them out.
    public static ByteBuffer bytes(String hex) {
        byte[] octets = HexFormat.of().parseHex(hex.replaceAll("\\s", ""));
        return ByteBuffer.wrap(octets).order(ByteOrder.LITTLE_ENDIAN);
    }

    /// The messages of a recording; a blank line ends a datagram.
    public static List<Message> recorded(String resource) {
        List<Message> messages = new ArrayList<>();
        for (String datagram : text(resource).split("\n\n")) {
            messages.addAll(Message.in(bytes(datagram)));
        }
        return messages;
    }

    private static String text(String resource) {
        try (InputStream in = Golden.class.getResourceAsStream("/golden/" + resource)) {
            if (in == null) {
                throw new AssertionError("no recording " + resource);
            }
            return new String(in.readAllBytes(), StandardCharsets.US_ASCII);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
