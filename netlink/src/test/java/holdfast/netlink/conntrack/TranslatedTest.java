package holdfast.netlink.conntrack;

import static org.junit.jupiter.api.Assertions.assertEquals;

import holdfast.net.Endpoint;
import holdfast.net.Family;
import holdfast.net.IpAddress;
import holdfast.netlink.Golden;
import holdfast.netlink.Message;
import holdfast.netlink.MessageWriter;
import holdfast.netlink.Mutations;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What was recorded from kernel 6.18: two connections of TCP, of which one is being closed, and a
/// flow of UDP over IPv6; all of them translated, and beside them one that is not.
class TranslatedTest {

    private static List<Translated> recorded() {
        return Golden.recorded("conntrack/listing.hex").stream()
                .flatMap(message -> Translated.of(message).stream())
                .distinct()
                .toList();
    }

    private static Endpoint endpoint(String address, int port) {
        return new Endpoint(IpAddress.parse(address).orElseThrow(), port);
    }

    @Test
    void translatedConnectionsAreFoundAndNoOthers() {
        List<Translated> found = recorded();
        assertEquals(3, found.size());
        Endpoint web = endpoint("192.0.2.1", 80);
        Endpoint server = endpoint("127.0.0.9", 8080);
        for (Translated one : found.subList(0, 2)) {
            assertEquals(new Translated(6, web, server, one.active(), one.id()), one);
        }
        assertEquals(1, found.subList(0, 2).stream().filter(Translated::active).count());
        assertEquals(3, found.stream().mapToInt(Translated::id).distinct().count());
        Translated last = found.getLast();
        assertEquals(
                new Translated(
                        17, endpoint("2001:db8::1", 53), endpoint("::1", 5353), true, last.id()),
                last);
    }

    @Test
    void onlyTranslatedOnesAreAskedFor() {
        MessageWriter out = Golden.writer();
        Translated.list(out, 7, Family.INET6);
        assertEquals(
                "240000000101010307000000000000000a000000080003000000002008001a0000000020",
                Golden.hex(out));
    }

    @Test
    void anyBytesAreBorne() {
        List<ByteBuffer> datagrams = new ArrayList<>();
        for (Message message : Golden.recorded("conntrack/listing.hex")) {
            MessageWriter out = Golden.writer();
            out.begin(message.type(), message.flags(), message.sequence());
            datagrams.add(out.octets(message.payload().octets()).batch());
        }
        Mutations.of(
                datagrams, input -> Message.in(input).forEach(message -> Translated.of(message)));
    }
}
