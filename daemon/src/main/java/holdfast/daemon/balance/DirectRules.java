package holdfast.daemon.balance;

import holdfast.balance.Protocol;
import holdfast.balance.ServiceKey;
import holdfast.net.Family;
import holdfast.netlink.nft.Expression;
import holdfast.netlink.nft.Fields;
import holdfast.netlink.nft.Register;
import holdfast.netlink.nft.Verdict;
import java.util.ArrayList;
import java.util.List;

/// The rules of direct routing. Every packet comes here, since connection tracking never sees a
/// connection of which it could know: answers go past this host.
///
/// So there is a memory of our own, one for all services of a family: whose packet goes to which
/// server, and whether the client has closed. A packet is sent on by sending a copy, with its
/// addresses as they are, and dropping the original.
final class DirectRules {

    /// The memory. A layout of another kind needs another name: it is kept from one daemon to the
    /// next.
    static final String FLOWS = "flows";

    /// Where the base chain sends what may be of a known connection.
    static final String TCP = "direct_tcp";

    static final String ERRORS = "direct_errors";

    private static final int IPPROTO_ICMP = 1;
    private static final int IPPROTO_TCP = 6;
    private static final int IPPROTO_UDP = 17;
    private static final int IPPROTO_ICMPV6 = 58;

    private static final int FIN = 0x01;
    private static final int SYN = 0x02;
    private static final int RST = 0x04;
    private static final int FLAGS_OFFSET = 13;

    /// Destination unreachable, time exceeded, parameter problem.
    private static final List<Integer> ICMP_ERRORS = List.of(3, 11, 12);

    /// The same with Packet Too Big (RFC 4443).
    private static final List<Integer> ICMPV6_ERRORS = List.of(1, 2, 3, 4);

    /// Version 4 and a header without options.
    private static final int PLAIN_HEADER = 0x45;

    /// Behind the head of an error is what it is about.
    private static final int ERROR_HEAD = 8;

    /// The times of IPVS: of a connection, of one that is not established yet, and of one that its
    /// client or a reset has ended.
    private static final long ESTABLISHED_MILLIS = 900_000;

    private static final long OPENING_MILLIS = 60_000;
    private static final long CLOSING_MILLIS = 120_000;
    private static final long DATAGRAM_MILLIS = 300_000;

    /// The interface that is always there, and always the first.
    private static final int LOOPBACK_INDEX = 1;

    private static final int OPEN = 0;
    private static final int CLOSING = 1;

    private final Family addresses;
    private final int addressBytes;
    private final int addressPlaces;

    /// What is remembered with the server.
    private final int state;

    DirectRules(Family addresses) {
        this.addresses = addresses;
        this.addressBytes = addresses.bits() / 8;
        this.addressPlaces = addressBytes / 4;
        this.state = Register.at(NatRules.SERVER + addressPlaces);
    }

    /// Rules of the base chain, in order. The loopback interface is left out: a server that is this
    /// host gets its copies through it.
    List<List<Expression>> base() {
        List<List<Expression>> rules = new ArrayList<>();
        rules.add(
                List.of(
                        new Expression.Meta(Expression.MetaKey.INPUT_INDEX, Register.at(0)),
                        equal(new Fields().number(LOOPBACK_INDEX).octets()),
                        new Expression.Decide(new Verdict.Accept())));
        rules.add(ofProtocol(IPPROTO_TCP, new Verdict.Jump(TCP)));
        rules.add(known(protocol(IPPROTO_UDP), DATAGRAM_MILLIS));
        List<Expression> others = new ArrayList<>();
        others.add(new Expression.Meta(Expression.MetaKey.L4_PROTOCOL, Register.at(0)));
        others.add(unequal(IPPROTO_TCP));
        others.add(unequal(IPPROTO_UDP));
        rules.add(known(others, ESTABLISHED_MILLIS));
        int errors = addresses == Family.INET6 ? IPPROTO_ICMPV6 : IPPROTO_ICMP;
        rules.add(ofProtocol(errors, new Verdict.Jump(ERRORS)));
        return rules;
    }

    /// Packets of TCP connections that are known. One that asks for a connection anew in the place
    /// of a closed one is not among them.
    List<List<Expression>> tcp() {
        List<Expression> closes = new ArrayList<>(flags(FIN | RST, true));
        closes.addAll(key());
        closes.add(lookup());
        closes.add(state(CLOSING));
        closes.addAll(remember(CLOSING_MILLIS));
        closes.addAll(send());

        List<Expression> repeats = new ArrayList<>(flags(SYN, true));
        repeats.addAll(key());
        repeats.add(lookup());
        repeats.add(is(OPEN));
        repeats.addAll(send());

        List<List<Expression>> rules = new ArrayList<>(List.of(closes, repeats));
        for (int one : new int[] {OPEN, CLOSING}) {
            List<Expression> goesOn = new ArrayList<>(flags(SYN, false));
            goesOn.addAll(key());
            goesOn.add(lookup());
            goesOn.add(is(one));
            goesOn.add(refresh(one == OPEN ? ESTABLISHED_MILLIS : CLOSING_MILLIS));
            goesOn.addAll(send());
            rules.add(goesOn);
        }
        return rules;
    }

    private List<Expression> known(List<Expression> which, long millis) {
        List<Expression> rule = new ArrayList<>(which);
        rule.addAll(key());
        rule.add(lookup());
        rule.add(refresh(millis));
        rule.addAll(send());
        return rule;
    }

    /// Errors about what a server sent go to that server.
    List<List<Expression>> errors() {
        boolean six = addresses == Family.INET6;
        int source = ERROR_HEAD + (six ? 8 : 12);
        int ports = ERROR_HEAD + (six ? 40 : 20);
        List<List<Expression>> rules = new ArrayList<>();
        for (int type : six ? ICMPV6_ERRORS : ICMP_ERRORS) {
            List<Expression> rule = new ArrayList<>();
            rule.add(transport(0, 1, 0));
            rule.add(equal(new byte[] {(byte) type}));
            if (!six) {
                rule.add(transport(ERROR_HEAD, 1, 0));
                rule.add(equal(new byte[] {PLAIN_HEADER}));
            }
            rule.add(transport(ERROR_HEAD + (six ? 6 : 9), 1, 0));
            rule.add(transport(source + addressBytes, addressBytes, 1));
            rule.add(transport(ports + 2, 2, 1 + addressPlaces));
            rule.add(transport(source, addressBytes, 2 + addressPlaces));
            rule.add(transport(ports, 2, 2 + 2 * addressPlaces));
            rule.add(lookup());
            rule.addAll(send());
            rules.add(rule);
        }
        return rules;
    }

    /// Leaves to this host what is in the middle of a connection that nobody remembers, and which
    /// a draw would take to any server. As IPVS does.
    List<Expression> onlyBeginnings() {
        List<Expression> rule = new ArrayList<>(protocol(IPPROTO_TCP));
        rule.addAll(flags(SYN, false));
        rule.add(new Expression.Decide(new Verdict.Accept()));
        return rule;
    }

    /// Sends to a server that was found, and remembers it; goes on if the memory is full.
    List<Expression> rememberAndSend(ServiceKey.Single key) {
        List<Expression> rule = new ArrayList<>(key());
        rule.add(state(OPEN));
        rule.addAll(remember(firstMillis(key)));
        rule.addAll(send());
        return rule;
    }

    private static long firstMillis(ServiceKey.Single key) {
        return switch (key) {
            case ServiceKey.Mark _ -> DATAGRAM_MILLIS;
            case ServiceKey.Address(var protocol, _) ->
                    protocol == Protocol.UDP ? DATAGRAM_MILLIS : OPENING_MILLIS;
        };
    }

    /// Sends to the server that was found; the packet itself ends here.
    List<Expression> send() {
        return List.of(
                new Expression.Duplicate(Register.at(NatRules.SERVER), 0),
                new Expression.Decide(new Verdict.Drop()));
    }

    /// `protocol . client . port . address . port`, which fills all places before the server's.
    private List<Expression> key() {
        boolean six = addresses == Family.INET6;
        return List.of(
                new Expression.Meta(Expression.MetaKey.L4_PROTOCOL, Register.at(0)),
                network(six ? 8 : 12, 1),
                transport(0, 2, 1 + addressPlaces),
                network(six ? 24 : 16, 2 + addressPlaces),
                transport(2, 2, 2 + 2 * addressPlaces));
    }

    private static Expression lookup() {
        return new Expression.MapLookup(FLOWS, 0, Register.at(0), Register.at(NatRules.SERVER));
    }

    /// What was remembered otherwise would stay.
    private static List<Expression> remember(long millis) {
        return List.of(change(Expression.SetChange.DELETE, 0), refresh(millis));
    }

    private static Expression refresh(long millis) {
        return change(Expression.SetChange.UPDATE, millis);
    }

    private static Expression change(Expression.SetChange change, long millis) {
        return new Expression.ChangeMap(
                FLOWS, 0, change, Register.at(0), Register.at(NatRules.SERVER), millis);
    }

    private Expression state(int value) {
        return new Expression.Immediate(state, new Fields().number(value).octets());
    }

    private Expression is(int value) {
        byte[] octets = new Fields().number(value).octets();
        return new Expression.Compare(state, Expression.Comparison.EQUAL, octets);
    }

    private static List<Expression> ofProtocol(int number, Verdict verdict) {
        List<Expression> rule = new ArrayList<>(protocol(number));
        rule.add(new Expression.Decide(verdict));
        return rule;
    }

    private static List<Expression> protocol(int number) {
        return List.of(
                new Expression.Meta(Expression.MetaKey.L4_PROTOCOL, Register.at(0)),
                equal(new byte[] {(byte) number}));
    }

    /// Goes on if any of the flags is set, or if none is.
    private static List<Expression> flags(int flags, boolean set) {
        int place = Register.at(0);
        Expression.Comparison comparison =
                set ? Expression.Comparison.UNEQUAL : Expression.Comparison.EQUAL;
        return List.of(
                transport(FLAGS_OFFSET, 1, 0),
                new Expression.Bitwise(place, place, new byte[] {(byte) flags}, new byte[1]),
                new Expression.Compare(place, comparison, new byte[1]));
    }

    private static Expression equal(byte[] value) {
        return new Expression.Compare(Register.at(0), Expression.Comparison.EQUAL, value);
    }

    private static Expression unequal(int protocol) {
        byte[] value = {(byte) protocol};
        return new Expression.Compare(Register.at(0), Expression.Comparison.UNEQUAL, value);
    }

    private Expression network(int offset, int place) {
        return new Expression.Payload(
                Expression.Base.NETWORK, offset, addressBytes, Register.at(place));
    }

    private static Expression transport(int offset, int bytes, int place) {
        return new Expression.Payload(Expression.Base.TRANSPORT, offset, bytes, Register.at(place));
    }
}
