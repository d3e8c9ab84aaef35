package holdfast.netlink;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteOrder;
import java.util.List;
import org.junit.jupiter.api.Test;

class MessageTest {

    @Test
    void severalMessagesFormOneBatchAndAreReadBack() {
        for (ByteOrder order : List.of(ByteOrder.LITTLE_ENDIAN, ByteOrder.BIG_ENDIAN)) {
            MessageWriter out = new MessageWriter(order);
            out.begin(30, MessageWriter.NLM_F_REQUEST, 1).u8(9).zeros(3).text(1, "odd");
            out.begin(31, MessageWriter.NLM_F_ACK, 2)
                    .nestMarked(2, () -> out.u16(3, 0xfffe).bigU32(4, 0x01020304));

            List<Message> read = Message.in(out.batch());

            assertEquals(2, read.size());
            assertEquals(30, read.get(0).type());
            assertEquals(9, read.get(0).payload().u8(0));
            assertEquals("odd", read.get(0).attributes(4).text(1));
            assertEquals(2, read.get(1).sequence());
            Attributes nested = read.get(1).attributes(0).nested(2);
            assertEquals(0xfffe, nested.u16(3));
            assertEquals(0x01020304, nested.value(4).bigU32(0));
        }
    }

    @Test
    void orderOfTheHostIsOnTheWire() {
        MessageWriter out = new MessageWriter(ByteOrder.BIG_ENDIAN);
        out.begin(1, 2, 3).u32(5, 6).bigU64(7, 8);
        assertEquals(
                "00000024000100020000000300000000"
                        + "0008000500000006"
                        + "000c00070000000000000008",
                Golden.hex(out));
    }

    @Test
    void batchOutgrowsItsFirstBuffer() {
        MessageWriter out = Golden.writer();
        for (int i = 0; i < 1000; i++) {
            out.begin(1, 0, i).text(1, "some text of some length");
        }
        List<Message> read = Message.in(out.batch());
        assertEquals(1000, read.size());
        assertEquals(999, read.getLast().sequence());
        assertEquals("some text of some length", read.getLast().attributes(0).text(1));
        out.clear();
        assertTrue(out.isEmpty());
    }

    @Test
    void attributeLongerThanItsLengthFieldIsOurMistake() {
        MessageWriter out = Golden.writer();
        assertThrows(
                IllegalArgumentException.class,
                () -> out.begin(1, 0, 1).attribute(1, new byte[0x10000]));
    }

    @Test
    void whatIsMissingReadsAsZero() {
        Bytes three = Bytes.of(Golden.bytes("010203"));
        assertEquals(0, three.u32(0));
        assertEquals(0, three.u16(2));
        assertEquals(3, three.u8(2));
        assertEquals(0, three.u8(-1));
        assertEquals(Bytes.EMPTY, three.from(3));
        assertEquals(0, Attributes.NONE.u32(7));
        assertEquals("", Attributes.NONE.nested(1).text(2));
    }

    @Test
    void kernelsOwnWordsAreReadFromARefusal() {
        Message message =
                Message.in(
                                Golden.bytes(
                                        """
                                        60000000020000027bd9006b042100009bffffff2c000000180005067b
                                        d9006b0000000002180000fe0300010000000008000100cb0071000800
                                        050009090909200001004e657874686f702068617320696e76616c6964
                                        206761746577617900\
                                        """))
                        .getFirst();
        assertEquals(
                new Reply.Refused(0x6b00d97b, 101, "Nexthop has invalid gateway", 0),
                Reply.to(message));
    }

    @Test
    void acknowledgementIsAnErrorOfZero() {
        Message message =
                Message.in(
                                Golden.bytes(
                                        "24000000020000013fd8006bbf0d0000"
                                                + "00000000"
                                                + "24000000180005063fd8006b00000000"))
                        .getFirst();
        assertEquals(new Reply.Acknowledged(0x6b00d83f), Reply.to(message));
    }

    @Test
    void interruptedListingSaysSo() {
        assertEquals(
                new Reply.Done(0x6b00d97b, false),
                reply("14000000" + "03000200" + "7bd9006b" + "0c210000" + "00000000"));
        assertEquals(
                new Reply.Done(0x6b00d97b, true),
                reply("14000000" + "03001200" + "7bd9006b" + "0c210000" + "00000000"));
        assertEquals(
                new Reply.Refused(0x6b00d97b, 1, "", 0),
                reply("14000000" + "03001200" + "7bd9006b" + "0c210000" + "ffffffff"));
    }

    private static Reply reply(String hex) {
        return Reply.to(Message.in(Golden.bytes(hex)).getFirst());
    }
}
