package holdfast.netlink.rt;

import holdfast.netlink.Golden;
import holdfast.netlink.Message;
import holdfast.netlink.MessageWriter;
import holdfast.netlink.Mutations;
import holdfast.netlink.Reply;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RtFuzzTest {

    @Test
    void anyBytesAreBorne() {
        List<ByteBuffer> datagrams = new ArrayList<>();
        for (String name : List.of("links.hex", "addresses.hex", "routes.hex", "rules.hex")) {
            for (Message message : Golden.recorded("rt/" + name)) {
                MessageWriter out = Golden.writer();
                out.begin(message.type(), message.flags(), message.sequence());
                out.octets(message.payload().octets());
                datagrams.add(out.batch());
            }
        }
        StringBuilder text = new StringBuilder();
        Mutations.of(
                datagrams,
                input -> {
                    for (Message message : Message.in(input)) {
                        Reply.to(message);
                        RtNotice.of(message).ifPresent(notice -> text.append(notice).setLength(0));
                    }
                });
    }
}
