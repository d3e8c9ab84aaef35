package holdfast.netlink.nft;

import static org.junit.jupiter.api.Assertions.assertEquals;

import holdfast.net.IpAddress;
import holdfast.netlink.Golden;
import holdfast.netlink.Message;
import holdfast.netlink.MessageWriter;
import java.nio.ByteOrder;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/// The same bytes as nft 1.0.6 sends; each test names the commands that were recorded.
class NftBatchTest {

    private static final List<Message> RECORDED = Golden.recorded("nft/commands.hex");
    private static final int SET_USERDATA = 13;
    private static final int NLM_F_ACK = 4;

    static final List<DataType> SERVICE_KEY =
            List.of(DataType.PROTOCOL, DataType.IPV4_ADDRESS, DataType.SERVICE);
    static final List<DataType> TARGET = List.of(DataType.IPV4_ADDRESS, DataType.SERVICE);

    private static void same(int index, Consumer<NftBatch> change) {
        MessageWriter out = Golden.writer();
        NftBatch batch = new NftBatch(out, NftFamily.IP, "holdfast", 0);
        change.accept(batch);
        batch.end();
        Message recorded = RECORDED.get(index);
        List<Message> ours = Message.in(out.batch());
        assertEquals(3, ours.size());
        assertEquals(recorded.type(), ours.get(1).type());
        assertEquals(recorded.flags(), ours.get(1).flags() & ~NLM_F_ACK);
        assertEquals(recorded.payload().u32(0), ours.get(1).payload().u32(0));
        assertEquals(withoutUserData(recorded), withoutUserData(ours.get(1)));
    }

    /// Nft writes notes to itself into sets, which are no business of the kernel.
    private static String withoutUserData(Message message) {
        StringBuilder text = new StringBuilder();
        message.attributes(Nft.HEADER_BYTES).all().stream()
                .filter(one -> message.type() != Nft.type(Nft.NEWSET) || one.type() != SET_USERDATA)
                .forEach(
                        one -> text.append(one.type()).append(' ').append(one.value()).append(' '));
        return text.toString();
    }

    static Fields fields() {
        return new Fields(ByteOrder.LITTLE_ENDIAN);
    }

    static IpAddress ip(String text) {
        return IpAddress.parse(text).orElseThrow();
    }

    private static byte[] bytes(int... values) {
        byte[] octets = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            octets[i] = (byte) values[i];
        }
        return octets;
    }

    private static byte[] target(String address, int port) {
        return fields().address(ip(address)).service(port).octets();
    }

    private static Expression sourceAddress() {
        return new Expression.Payload(Expression.Base.NETWORK, 12, 4, Register.at(0));
    }

    /// add table ip holdfast; delete table ip holdfast
    @Test
    void makesAndRemovesTheTable() {
        same(0, NftBatch::addTable);
        same(29, NftBatch::deleteTable);
    }

    /// add chain ip holdfast prerouting { type nat hook prerouting priority -110; policy accept; }
    @Test
    void makesAndRemovesChains() {
        ChainHook hook = new ChainHook("nat", ChainHook.Point.PREROUTING, -110, true);
        same(1, batch -> batch.addBaseChain("prerouting", hook));
        same(2, batch -> batch.addChain("web"));
        ChainHook filter = new ChainHook("filter", ChainHook.Point.INPUT, 0, false);
        same(15, batch -> batch.addBaseChain("input", filter));
        same(23, batch -> batch.flushChain("web"));
        same(25, batch -> batch.deleteChain("web"));
    }

    /// add map ip holdfast services { type inet_proto . ipv4_addr . inet_service : verdict; }
    @Test
    void makesVerdictMaps() {
        SetSpec.Value verdict = new SetSpec.Value.ToVerdict();
        same(3, batch -> batch.addSet(new SetSpec("services", 1, 0, SERVICE_KEY, verdict, 0, 0)));
        same(
                6,
                batch ->
                        batch.addSet(
                                new SetSpec("marks", 1, 0, List.of(DataType.MARK), verdict, 0, 0)));
    }

    /// add element ip holdfast services { tcp . 192.0.2.1 . 80 : jump web }; delete element ...
    @Test
    void leadsServicesToTheirChains() {
        byte[] key = fields().protocol(6).address(ip("192.0.2.1")).service(80).octets();
        SetElement element = SetElement.of(key, new Verdict.Jump("web"));
        same(4, batch -> batch.addElements("services", 1, List.of(element)));
        same(24, batch -> batch.deleteElements("services", List.of(element)));
    }

    /// add rule ip holdfast prerouting meta l4proto . ip daddr . th dport vmap @services
    /// add rule ip holdfast prerouting meta mark vmap @marks
    @Test
    void looksServicesUp() {
        same(
                5,
                batch ->
                        batch.addRule(
                                "prerouting",
                                List.of(
                                        new Expression.Meta(
                                                Expression.MetaKey.L4_PROTOCOL, Register.at(0)),
                                        new Expression.Payload(
                                                Expression.Base.NETWORK, 16, 4, Register.at(1)),
                                        new Expression.Payload(
                                                Expression.Base.TRANSPORT, 2, 2, Register.at(2)),
                                        new Expression.MapLookup(
                                                "services", 1, Register.at(0), Register.VERDICT))));
        same(
                7,
                batch ->
                        batch.addRule(
                                "prerouting",
                                List.of(
                                        new Expression.Meta(
                                                Expression.MetaKey.MARK, Register.at(0)),
                                        new Expression.MapLookup(
                                                "marks", 2, Register.at(0), Register.VERDICT))));
    }

    /// add element ip holdfast slots { 0 : 10.0.0.1 . 8080, 1 : 10.0.0.2 . 8081 }
    @Test
    void fillsSlots() {
        same(
                8,
                batch ->
                        batch.addElements(
                                "slots",
                                3,
                                List.of(
                                        SetElement.of(
                                                fields().number(0).octets(),
                                                target("10.0.0.1", 8080)),
                                        SetElement.of(
                                                fields().number(1).octets(),
                                                target("10.0.0.2", 8081)))));
    }

    /// add map ip holdfast sticky { type ipv4_addr : ipv4_addr . inet_service;
    /// flags dynamic,timeout; timeout 300s; size 65536; }, an element, and a rule that updates it
    @Test
    void remembersClientsForATime() {
        same(
                9,
                batch ->
                        batch.addSet(
                                new SetSpec(
                                        "sticky",
                                        1,
                                        SetSpec.TIMEOUT | SetSpec.DYNAMIC,
                                        List.of(DataType.IPV4_ADDRESS),
                                        new SetSpec.Value.Data(TARGET),
                                        300_000,
                                        65536)));
        SetElement element =
                new SetElement(
                        ip("198.51.100.7").octets(),
                        new SetElement.Value.Data(target("10.0.0.1", 8080)),
                        new SetElement.Mode.Single(),
                        60_000,
                        0);
        same(10, batch -> batch.addElements("sticky", 5, List.of(element)));
        same(
                11,
                batch ->
                        batch.addRule(
                                "web",
                                List.of(
                                        sourceAddress(),
                                        new Expression.Bitwise(
                                                Register.at(0),
                                                Register.at(0),
                                                bytes(255, 255, 255, 0),
                                                new byte[4]),
                                        new Expression.Immediate(
                                                Register.at(4), bytes(10, 0, 0, 1)),
                                        new Expression.Immediate(Register.at(5), bytes(0x1f, 0x90)),
                                        new Expression.ChangeMap(
                                                "sticky",
                                                5,
                                                Expression.SetChange.UPDATE,
                                                Register.at(0),
                                                Register.at(4)))));
    }

    /// add rule ip holdfast web ip protocol tcp dnat to ip saddr map @sticky
    @Test
    void translatesToWhatTheMapSays() {
        same(
                12,
                batch ->
                        batch.addRule(
                                "web",
                                List.of(
                                        new Expression.Payload(
                                                Expression.Base.NETWORK, 9, 1, Register.at(0)),
                                        new Expression.Compare(
                                                Register.at(0),
                                                Expression.Comparison.EQUAL,
                                                bytes(6)),
                                        sourceAddress(),
                                        new Expression.MapLookup(
                                                "sticky", 2, Register.at(0), Register.at(0)),
                                        new Expression.Nat(
                                                Expression.Translation.DESTINATION,
                                                NftFamily.IP,
                                                Register.at(0),
                                                Register.at(1)))));
    }

    /// add rule ip holdfast web ip saddr != 10.0.0.1 ct mark 7 counter goto other; drop
    @Test
    void comparesAndDecides() {
        same(
                13,
                batch ->
                        batch.addRule(
                                "web",
                                List.of(
                                        sourceAddress(),
                                        new Expression.Compare(
                                                Register.at(0),
                                                Expression.Comparison.UNEQUAL,
                                                bytes(10, 0, 0, 1)),
                                        new Expression.Conntrack(
                                                Expression.CtKey.MARK, Register.at(0)),
                                        new Expression.Compare(
                                                Register.at(0),
                                                Expression.Comparison.EQUAL,
                                                bytes(7, 0, 0, 0)),
                                        new Expression.Counter(),
                                        new Expression.Decide(new Verdict.Goto("other")))));
        same(
                14,
                batch ->
                        batch.addRule("other", List.of(new Expression.Decide(new Verdict.Drop()))));
    }

    /// masquerade; snat to 192.0.2.1; meta mark set 7
    @Test
    void translatesSourcesAndMarks() {
        same(16, batch -> batch.addRule("post", List.of(new Expression.Masquerade())));
        same(
                17,
                batch ->
                        batch.addRule(
                                "post",
                                List.of(
                                        new Expression.Immediate(
                                                Register.at(0), bytes(192, 0, 2, 1)),
                                        new Expression.Nat(
                                                Expression.Translation.SOURCE,
                                                NftFamily.IP,
                                                Register.at(0),
                                                0))));
        same(
                18,
                batch ->
                        batch.addRule(
                                "other",
                                List.of(
                                        new Expression.Immediate(Register.at(0), bytes(7, 0, 0, 0)),
                                        new Expression.SetMeta(
                                                Expression.MetaKey.MARK, Register.at(0)))));
    }

    /// Sets of intervals: { type ipv4_addr; flags interval; }, and of several fields
    @Test
    void knowsIntervals() {
        List<DataType> address = List.of(DataType.IPV4_ADDRESS);
        SetSpec.Value none = new SetSpec.Value.None();
        same(
                19,
                batch ->
                        batch.addSet(
                                new SetSpec("nets", 1, SetSpec.INTERVAL, address, none, 0, 0)));
        int flags = SetSpec.INTERVAL | SetSpec.CONCATENATION;
        same(21, batch -> batch.addSet(new SetSpec("pip", 1, flags, TARGET, none, 0, 0)));
        same(
                20,
                batch ->
                        batch.addElements(
                                "nets",
                                6,
                                List.of(
                                        end("0.0.0.0"),
                                        SetElement.of(ip("10.0.0.0").octets()),
                                        end("11.0.0.0"),
                                        SetElement.of(ip("192.0.2.0").octets()),
                                        end("192.0.3.0"))));
        SetElement range =
                new SetElement(
                        target("10.0.0.0", 80),
                        new SetElement.Value.None(),
                        new SetElement.Mode.Range(target("10.255.255.255", 90)),
                        0,
                        0);
        same(22, batch -> batch.addElements("pip", 7, List.of(range)));
    }

    private static SetElement end(String address) {
        return new SetElement(
                ip(address).octets(),
                new SetElement.Value.None(),
                new SetElement.Mode.IntervalEnd(),
                0,
                0);
    }

    /// delete set live; delete element live { 10.0.0.1 . 8080 }; flush map slots
    @Test
    void emptiesAndRemovesSets() {
        same(26, batch -> batch.deleteSet("live"));
        SetElement element = SetElement.of(target("10.0.0.1", 8080));
        same(27, batch -> batch.deleteElements("live", List.of(element)));
        same(28, batch -> batch.flushSet("slots"));
    }

    /// meta mark set numgen inc mod 2; numgen random mod 4; jhash ip saddr mod 2 seed 0x5
    @Test
    void countsAndHashes() {
        Expression setMark = new Expression.SetMeta(Expression.MetaKey.MARK, Register.at(0));
        Expression inTurn =
                new Expression.NextNumber(Expression.Counting.IN_TURN, 2, Register.at(0));
        same(30, batch -> batch.addRule("web", List.of(inTurn, setMark)));
        Expression random =
                new Expression.NextNumber(Expression.Counting.AT_RANDOM, 4, Register.at(0));
        same(31, batch -> batch.addRule("web", List.of(random, setMark)));
        Expression load = new Expression.Payload(Expression.Base.NETWORK, 12, 4, Register.at(4));
        Expression hash = new Expression.JenkinsHash(Register.at(4), 4, 2, 5, Register.at(0));
        same(32, batch -> batch.addRule("web", List.of(load, hash, setMark)));
    }

    @Test
    void transactionIsFramedAndAcknowledgedOnce() {
        MessageWriter out = Golden.writer();
        NftBatch batch = new NftBatch(out, NftFamily.IP6, "holdfast", 100);
        batch.addChain("web");
        assertEquals(102, batch.commit());
        List<Message> messages = Message.in(out.batch());
        assertEquals(List.of(16, 0xa03, 0xa00, 17), messages.stream().map(Message::type).toList());
        assertEquals(
                List.of(100, 101, 102, 103), messages.stream().map(Message::sequence).toList());
        assertEquals(
                List.of(0, 0, 4, 0),
                messages.stream().map(message -> message.flags() & NLM_F_ACK).toList());
        assertEquals(10, messages.get(1).payload().u8(0));
    }
}
