package holdfast.netlink.nft;

import holdfast.netlink.Golden;
import holdfast.netlink.Message;
import holdfast.netlink.MessageWriter;
import holdfast.netlink.Mutations;
import holdfast.netlink.Reply;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class NftFuzzTest {

    @Test
    void anyBytesAreBorne() {
        List<ByteBuffer> datagrams = new ArrayList<>();
        for (String name : List.of("listing.hex", "commands.hex")) {
            for (Message message : Golden.recorded("nft/" + name)) {
                MessageWriter out = Golden.writer();
                out.begin(message.type(), message.flags(), message.sequence());
                datagrams.add(out.octets(message.payload().octets()).batch());
            }
        }
        Mutations.of(
                datagrams,
                input -> {
                    for (Message message : Message.in(input)) {
                        Reply.to(message);
                        NftReading.of(message);
                    }
                });
    }
}
