package holdfast.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import holdfast.net.Endpoint;
import holdfast.net.Family;
import holdfast.net.IpAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Ports of UDP that tell all of what they hear, and senders with ports of their own.
class UdpSocketsTest {

    private static final int PORT = 47_484;

    private static IpAddress address(String text) {
        return IpAddress.parse(text).orElseThrow();
    }

    @ParameterizedTest
    @CsvSource({"INET, 127.0.0.7, 127.0.0.9", "INET6, ::1, ::1"})
    void aDatagramComesWithItsWayAndItsTtl(Family family, String from, String to) throws Exception {
        try (UdpListener listener = UdpListener.open(family, PORT);
                ReceiveBatch batch = new ReceiveBatch(4, 64);
                UdpSender one =
                        UdpSender.open(
                                new Endpoint(address(to), PORT),
                                Optional.of(address(from)),
                                77,
                                UdpSender.LAST_PORT);
                UdpSender other =
                        UdpSender.open(
                                new Endpoint(address(to), PORT),
                                Optional.of(address(from)),
                                255,
                                UdpSender.LAST_PORT)) {
            assertTrue(one.port() >= UdpSender.FIRST_PORT);
            assertNotEquals(one.port(), other.port(), "the second one tries the next port");
            assertEquals(5, one.send("hello".getBytes(StandardCharsets.UTF_8)));
            assertEquals(80, other.send(new byte[80]));
            List<String> heard = new ArrayList<>();
            while (heard.size() < 2) {
                listener.receive(
                        batch,
                        datagram ->
                                heard.add(
                                        datagram.source()
                                                + " "
                                                + datagram.destination()
                                                + " "
                                                + datagram.hopLimit()
                                                + " "
                                                + datagram.payload().remaining()));
            }
            assertEquals(
                    List.of(
                            address(from) + " " + address(to) + " 77 5",
                            address(from) + " " + address(to) + " 255 64"),
                    heard);
            assertTrue(Errno.EAGAIN.is(listener.receive(batch, _ -> {})));
        }
    }
}
