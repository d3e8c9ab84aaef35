package holdfast.netlink.ipvs;

import static org.junit.jupiter.api.Assertions.assertEquals;

import holdfast.net.Endpoint;
import holdfast.net.Family;
import holdfast.net.IpAddress;
import holdfast.netlink.Attributes;
import holdfast.netlink.Golden;
import holdfast.netlink.Message;
import holdfast.netlink.MessageWriter;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/// The same bytes as ipvsadm 1.31 sends; each test names the commands that were recorded.
class IpvsWriterTest {

    static final GenericFamily IPVS = new GenericFamily("IPVS", 0x18);

    static final IpvsKey WEB = address(6, "192.0.2.1", 80);
    static final IpvsKey WEB6 = address(6, "2001:db8::1", 443);
    static final IpvsKey MARK = new IpvsKey.Mark(7, Family.INET);

    private static final List<Message> RECORDED = Golden.recorded("ipvs/commands.hex");

    static IpvsKey address(int protocol, String address, int port) {
        return new IpvsKey.Address(protocol, endpoint(address, port));
    }

    static Endpoint endpoint(String address, int port) {
        return new Endpoint(IpAddress.parse(address).orElseThrow(), port);
    }

    static IpvsService service(IpvsKey key, String scheduler, int flags, int timeoutSeconds) {
        int granularity = key.family().bits();
        return new IpvsService(
                key, scheduler, flags, timeoutSeconds, granularity, Optional.empty());
    }

    static IpvsDestination row(
            String address, int port, IpvsDestination.Method method, int weight) {
        return new IpvsDestination(endpoint(address, port), method, weight, 0, 0, 0, 0, 0);
    }

    private static Message written(int sequence, Consumer<IpvsWriter> command) {
        MessageWriter out = Golden.writer();
        command.accept(new IpvsWriter(out, IPVS));
        Message message = Message.in(out.batch()).getFirst();
        assertEquals(sequence, message.sequence());
        return message;
    }

    private static void same(int index, SequencedCommand command) {
        Message recorded = RECORDED.get(index);
        int sequence = recorded.sequence();
        Message ours = written(sequence, writer -> command.write(writer, sequence));
        assertEquals(recorded.flags(), ours.flags());
        assertEquals(recorded.payload(), ours.payload());
    }

    /// ipvsadm names the service at length; the kernel reads its key alone.
    private static void sameDestination(int index, SequencedCommand command) {
        Message recorded = RECORDED.get(index);
        int sequence = recorded.sequence();
        Message ours = written(sequence, writer -> command.write(writer, sequence));
        assertEquals(recorded.payload().u32(0), ours.payload().u32(0));
        Attributes theirs = recorded.attributes(GenericFamily.HEADER_BYTES);
        Attributes mine = ours.attributes(GenericFamily.HEADER_BYTES);
        assertEquals(theirs.value(Ipvs.ATTR_DEST), mine.value(Ipvs.ATTR_DEST));
        List<holdfast.netlink.Attribute> key = mine.nested(Ipvs.ATTR_SERVICE).all();
        assertEquals(theirs.nested(Ipvs.ATTR_SERVICE).all().subList(0, key.size()), key);
    }

    private interface SequencedCommand {
        void write(IpvsWriter writer, int sequence);
    }

    /// ipvsadm -A -t 192.0.2.1:80 -s wrr -p 300
    @Test
    void addsAPersistentService() {
        same(
                0,
                (writer, sequence) ->
                        writer.addService(
                                sequence, service(WEB, "wrr", IpvsService.PERSISTENT, 300)));
    }

    /// ipvsadm -A -u 192.0.2.1:5060 -s sh -b sh-port,sh-fallback -p 60 -M 255.255.255.0 --pe sip
    @Test
    void addsAServiceWithAllThereIs() {
        same(
                1,
                (writer, sequence) ->
                        writer.addService(
                                sequence,
                                new IpvsService(
                                        address(17, "192.0.2.1", 5060),
                                        "sh",
                                        IpvsService.PERSISTENT
                                                | IpvsService.SCHEDULER_FLAG_1
                                                | IpvsService.SCHEDULER_FLAG_1 << 1,
                                        60,
                                        24,
                                        Optional.of("sip"))));
    }

    /// ipvsadm -A -u 192.0.2.1:53 -s rr -o
    @Test
    void addsAOnePacketService() {
        same(
                2,
                (writer, sequence) ->
                        writer.addService(
                                sequence,
                                service(
                                        address(17, "192.0.2.1", 53),
                                        "rr",
                                        IpvsService.ONE_PACKET,
                                        0)));
    }

    /// ipvsadm -A -t '[2001:db8::1]:443' -s mh -p 360 -M 64
    @Test
    void addsAnIpv6Service() {
        same(
                3,
                (writer, sequence) ->
                        writer.addService(
                                sequence,
                                new IpvsService(
                                        WEB6,
                                        "mh",
                                        IpvsService.PERSISTENT,
                                        360,
                                        64,
                                        Optional.empty())));
    }

    /// ipvsadm -A -f 7 -s wlc; ipvsadm -A -f 8 -6 -s wlc
    @Test
    void addsMarkServices() {
        same(4, (writer, sequence) -> writer.addService(sequence, service(MARK, "wlc", 0, 0)));
        IpvsKey mark6 = new IpvsKey.Mark(8, Family.INET6);
        same(5, (writer, sequence) -> writer.addService(sequence, service(mark6, "wlc", 0, 0)));
    }

    /// ipvsadm -E -t 192.0.2.1:80 -s rr
    @Test
    void editsAService() {
        same(6, (writer, sequence) -> writer.editService(sequence, service(WEB, "rr", 0, 0)));
    }

    /// ipvsadm -a -t 192.0.2.1:80 -r 10.0.0.1:8080 -m -w 5 -x 100 -y 50, and with -g, and for IPv6
    @Test
    void addsDestinations() {
        sameDestination(
                7,
                (writer, sequence) ->
                        writer.addDestination(
                                sequence,
                                WEB,
                                new IpvsDestination(
                                        endpoint("10.0.0.1", 8080),
                                        IpvsDestination.Method.MASQUERADE,
                                        5,
                                        0,
                                        0,
                                        0,
                                        100,
                                        50)));
        sameDestination(
                8,
                (writer, sequence) ->
                        writer.addDestination(
                                sequence,
                                WEB,
                                row("10.0.0.2", 80, IpvsDestination.Method.DIRECT, 1)));
        sameDestination(
                12,
                (writer, sequence) ->
                        writer.addDestination(
                                sequence,
                                WEB6,
                                row("2001:db8::2", 443, IpvsDestination.Method.DIRECT, 1)));
    }

    /// ipvsadm -a -f 7 -r 10.0.0.3 -i -w 0, --tun-type gue --tun-port 6080 --tun-remcsum, gre
    @Test
    void addsTunnels() {
        sameDestination(
                9,
                (writer, sequence) ->
                        writer.addDestination(
                                sequence,
                                MARK,
                                row("10.0.0.3", 0, IpvsDestination.Method.TUNNEL, 0)));
        sameDestination(
                10,
                (writer, sequence) ->
                        writer.addDestination(
                                sequence,
                                MARK,
                                tunnel(
                                        "10.0.0.4",
                                        IpvsDestination.TUNNEL_GUE,
                                        6080,
                                        IpvsDestination.REMOTE_CHECKSUM)));
        sameDestination(
                11,
                (writer, sequence) ->
                        writer.addDestination(
                                sequence,
                                MARK,
                                tunnel(
                                        "10.0.0.5",
                                        IpvsDestination.TUNNEL_GRE,
                                        0,
                                        IpvsDestination.CHECKSUM)));
    }

    static IpvsDestination tunnel(String address, int type, int port, int flags) {
        return new IpvsDestination(
                endpoint(address, 0), IpvsDestination.Method.TUNNEL, 2, type, port, flags, 0, 0);
    }

    /// ipvsadm -e -t 192.0.2.1:80 -r 10.0.0.1:8080 -m -w 7; ipvsadm -d -t ... -r 10.0.0.2:80
    @Test
    void editsAndRemovesDestinations() {
        sameDestination(
                13,
                (writer, sequence) ->
                        writer.editDestination(
                                sequence,
                                WEB,
                                row("10.0.0.1", 8080, IpvsDestination.Method.MASQUERADE, 7)));
        IpvsDestination gone = row("10.0.0.2", 80, IpvsDestination.Method.DIRECT, 1);
        sameDestination(14, (writer, sequence) -> writer.removeDestination(sequence, WEB, gone));
    }

    /// ipvsadm --set 100 20 30; ipvsadm -L --timeout
    @Test
    void setsAndAsksTimeouts() {
        IpvsTimeouts timeouts = new IpvsTimeouts(100, 20, 30);
        same(15, (writer, sequence) -> writer.setTimeouts(sequence, timeouts));
        same(16, (writer, sequence) -> writer.queryTimeouts(sequence));
    }

    /// ipvsadm --start-daemon backup --mcast-interface lo --syncid 5; with all options; --stop
    @Test
    void startsAndStopsDaemons() {
        same(
                17,
                (writer, sequence) ->
                        writer.startDaemon(
                                sequence,
                                new IpvsDaemon(
                                        IpvsDaemon.Role.BACKUP,
                                        "lo",
                                        5,
                                        0,
                                        Optional.empty(),
                                        0,
                                        0)));
        same(18, (writer, sequence) -> writer.startDaemon(sequence, fullDaemon()));
        same(19, (writer, sequence) -> writer.stopDaemon(sequence, IpvsDaemon.Role.BACKUP));
    }

    static IpvsDaemon fullDaemon() {
        return new IpvsDaemon(
                IpvsDaemon.Role.MASTER, "lo", 6, 1400, IpAddress.parse("224.0.0.90"), 8849, 2);
    }

    /// ipvsadm -C
    @Test
    void flushes() {
        same(20, (writer, sequence) -> writer.flush(sequence));
    }

    @Test
    void asksForTheFamily() {
        MessageWriter out = Golden.writer();
        GenericFamily.query(out, 0x6b00daa9, "IPVS");
        assertEquals(
                "2000000010000500a9da006b00000000" + "03010000" + "090002004950565300000000",
                Golden.hex(out));
    }
}
