package holdfast.netlink.rt;

import static holdfast.netlink.rt.RtRequestTest.prefix;
import static org.junit.jupiter.api.Assertions.assertEquals;

import holdfast.net.Family;
import holdfast.netlink.Golden;
import holdfast.netlink.Message;
import holdfast.netlink.MessageWriter;
import holdfast.routing.Rule;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// The same bytes as `ip rule` sends; each test names the command that was recorded.
class RuleRequestTest {

    private static final int SEQUENCE = 0x6b00d83f;
    private static final int PROTOCOL = 18;
    private static final Rule.Match ALL = Rule.Match.between(Optional.empty(), Optional.empty());

    private final MessageWriter out = Golden.writer();

    private void sent(String hex) {
        assertEquals(hex.replaceAll("\\s", ""), Golden.hex(out));
    }

    private static Rule.Action action(int kind, int target, boolean ofDevice) {
        return new Rule.Action(kind, 0, target, ofDevice, 0, Optional.empty(), Optional.empty());
    }

    /// ip rule add from 192.0.2.0/24 to 10.0.0.0/8 iif d0 fwmark 0x5/0xff table 200 priority 1000
    /// protocol 18
    @Test
    void addsARule() {
        Rule.Match match =
                new Rule.Match(
                        false,
                        Optional.of(prefix("192.0.2.0", 24)),
                        Optional.of(prefix("10.0.0.0", 8)),
                        Optional.of("d0"),
                        Optional.empty(),
                        0,
                        new Rule.Mark(5, 0xff),
                        Optional.empty(),
                        0,
                        Optional.empty(),
                        Optional.empty(),
                        0);
        RuleCodec.add(
                out,
                SEQUENCE,
                new Rule(Family.INET, 1000, match, Rule.Action.lookUp(200), PROTOCOL));
        sent(
                """
                54000000200005063fd8006b0000000002081800c80000010000000008000200c0000200080001000a
                000000070003006430000008000a000500000008001000ff00000008000600e8030000050015001200
                0000""");
    }

    /// ip rule add not from 192.0.2.0/24 oif d0 fwmark 7/0xff realms 5/6 suppress_prefixlength
    /// 8 suppress_ifgroup 3 table 2000 tos 0x10 priority 101 protocol 18
    @Test
    void addsARuleThatDoesNotMatch() {
        RuleCodec.add(out, SEQUENCE, inverted());
        sent(
                """
                6c000000200005063fd8006b0000000002001810000000010200000008000200c000020007001100
                6430000008000a000700000008001000ff00000008000b000600050008000e000800000008000d00
                0300000008000f00d007000008000600650000000500150012000000""");
    }

    /// ip rule add uidrange 1000-2000 ipproto tcp sport 10-20 dport 30-40 tun_id 77 table 101
    /// priority 108 protocol 18
    @Test
    void addsARuleForUsersAndPorts() {
        RuleCodec.add(out, SEQUENCE, users());
        sent(
                """
                5c000000200005063fd8006b000000000200000065000001000000000c001400e8030000d0070000
                0500160006000000080017000a001400080018001e0028000c000c00000000000000004d08000600
                6c0000000500150012000000""");
    }

    /// ip rule add l3mdev priority 107 protocol 18
    @Test
    void addsARuleForVrfs() {
        Rule.Action action = action(Rule.FR_ACT_TO_TBL, 0, true);
        RuleCodec.add(out, SEQUENCE, new Rule(Family.INET, 107, ALL, action, PROTOCOL));
        sent(
                """
                34000000200005063fd8006b00000000020000000000000100000000050013000100000008000600
                6b0000000500150012000000""");
    }

    /// ip rule add from 192.0.2.0/24 goto 300 priority 102 protocol 18
    @Test
    void addsARuleThatJumps() {
        Rule.Match match =
                Rule.Match.between(Optional.of(prefix("192.0.2.0", 24)), Optional.empty());
        Rule.Action action = action(Rule.FR_ACT_GOTO, 300, false);
        RuleCodec.add(out, SEQUENCE, new Rule(Family.INET, 102, match, action, PROTOCOL));
        sent(
                """
                3c000000200005063fd8006b0000000002001800000000020000000008000200c000020008000400
                2c01000008000600660000000500150012000000""");
    }

    /// ip -6 rule del to 2001:db8::/32 blackhole priority 103 protocol 18
    @Test
    void deletesARule() {
        Rule.Match match =
                Rule.Match.between(Optional.empty(), Optional.of(prefix("2001:db8::", 32)));
        Rule.Action action = action(Rule.FR_ACT_BLACKHOLE, 0, false);
        RuleCodec.delete(out, SEQUENCE, new Rule(Family.INET6, 103, match, action, PROTOCOL));
        sent(
                """
                40000000210005003fd8006b000000000a20000000000006000000001400010020010db800000000
                000000000000000008000600670000000500150012000000""");
    }

    private static Rule inverted() {
        Rule.Match match =
                new Rule.Match(
                        true,
                        Optional.of(prefix("192.0.2.0", 24)),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of("d0"),
                        0x10,
                        new Rule.Mark(7, 0xff),
                        Optional.empty(),
                        0,
                        Optional.empty(),
                        Optional.empty(),
                        0);
        Rule.Action action =
                new Rule.Action(
                        Rule.FR_ACT_TO_TBL,
                        2000,
                        0,
                        false,
                        5 << 16 | 6,
                        Optional.of(8),
                        Optional.of(3));
        return new Rule(Family.INET, 101, match, action, PROTOCOL);
    }

    private static Rule users() {
        Rule.Match match =
                new Rule.Match(
                        false,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        0,
                        Rule.Mark.ANY,
                        Optional.of(new Rule.Range(1000, 2000)),
                        6,
                        Optional.of(new Rule.Range(10, 20)),
                        Optional.of(new Rule.Range(30, 40)),
                        77);
        return new Rule(Family.INET, 108, match, Rule.Action.lookUp(101), PROTOCOL);
    }

    @Test
    void whatIsWrittenIsReadBackTheSame() {
        for (Rule rule : new Rule[] {inverted(), users()}) {
            out.clear();
            RuleCodec.add(out, SEQUENCE, rule);
            Message message = Message.in(out.batch()).getFirst();
            assertEquals(Optional.of(rule), RuleCodec.decode(message));
        }
    }
}
