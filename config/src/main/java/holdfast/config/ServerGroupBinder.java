package holdfast.config;

import holdfast.net.Family;
import holdfast.net.IpAddress;
import holdfast.net.IpPrefix;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Binds `virtual_server_group`: addresses, ranges of them, and firewall marks.
final class ServerGroupBinder {

    /// Each address is a service of its own; more than these are a mistake.
    static final int ADDRESSES_MAX = 4096;

    private final Context context;
    private final boolean marked;
    private final List<ServerGroup.Range> ranges = new ArrayList<>();
    private final List<ServerGroup.Mark> marks = new ArrayList<>();

    /// @param marked whether addresses get marks, so that a range of them is one service
    ServerGroupBinder(Context context, boolean marked) {
        this.context = context;
        this.marked = marked;
    }

    Optional<ServerGroup> bind(Entry block) {
        for (Statement line : block.lines()) {
            if (line.keyword().text().equals("fwmark")) {
                mark(line);
            } else {
                range(line);
            }
        }
        if (ranges.isEmpty() && marks.isEmpty()) {
            context.findings().error(block.word(0), "the group is empty");
            return Optional.empty();
        }
        long families = ranges.stream().map(range -> range.first().family()).distinct().count();
        boolean homeless = marks.stream().anyMatch(mark -> mark.family().isEmpty());
        if (families > 1 && homeless) {
            context.findings()
                    .error(block.word(0), "a mark without a family stands among both families");
            return Optional.empty();
        }
        return Optional.of(new ServerGroup(ranges, marks));
    }

    private void mark(Statement line) {
        if (line.words().isEmpty()) {
            context.findings().missing(line.keyword(), "'fwmark' needs a number");
            return;
        }
        Word word = line.words().getFirst();
        Scalar<Long> mark = Scalars.integerOfAnyBase(word.text(), 1, 4_294_967_295L);
        mark.complaint().ifPresent(complaint -> context.findings().error(word, complaint));
        Optional<Family> family =
                line.words().size() < 2
                        ? Optional.empty()
                        : Optional.of(
                                line.words().get(1).text().equals("inet6")
                                        ? Family.INET6
                                        : Family.INET);
        mark.value()
                .ifPresent(value -> marks.add(new ServerGroup.Mark((int) (long) value, family)));
    }

    private void range(Statement line) {
        Word word = line.keyword();
        Optional<Integer> read = port(line);
        if (read.isEmpty()) {
            return;
        }
        int port = read.get();
        int dash = word.text().indexOf('-');
        if (word.text().indexOf('/') >= 0) {
            network(word, port);
        } else if (dash < 0) {
            Scalar<IpAddress> address = Scalars.address(word.text());
            address.complaint().ifPresent(complaint -> context.findings().error(word, complaint));
            address.value().ifPresent(one -> add(word, one, BigInteger.ONE, port));
        } else {
            span(word, dash, port);
        }
    }

    /// The port of an entry, 0 if it has none. Empty if it was complained about.
    private Optional<Integer> port(Statement line) {
        if (line.words().isEmpty()) {
            return Optional.of(0);
        }
        Word word = line.words().getFirst();
        Scalar<Long> read = Scalars.integer(word.text(), 0, 65535);
        read.complaint()
                .ifPresent(complaint -> context.findings().error(word, "port: " + complaint));
        return read.value().map(Context::toInt);
    }

    private void network(Word word, int port) {
        Scalar<IpPrefix> prefix = Scalars.prefix(word.text());
        if (prefix.value().isEmpty()) {
            context.findings().error(word, prefix.complaint().orElse("not a network"));
            return;
        }
        IpAddress address = prefix.value().get().address();
        int hostBits = address.family().bits() - prefix.value().get().length();
        BigInteger count = BigInteger.ONE.shiftLeft(hostBits);
        if (ServerGroup.number(address).mod(count).signum() != 0) {
            context.findings().error(word, "the address has bits behind its prefix");
            return;
        }
        add(word, address, count, port);
    }

    private void span(Word word, int dash, int port) {
        Scalar<IpAddress> first = Scalars.address(word.text().substring(0, dash));
        if (first.value().isEmpty()) {
            context.findings().error(word, first.complaint().orElse("not an address"));
            return;
        }
        Optional<BigInteger> last = last(first.value().get(), word.text().substring(dash + 1));
        BigInteger from = ServerGroup.number(first.value().get());
        if (last.isEmpty() || last.get().compareTo(from) <= 0) {
            context.findings().error(word, "the end of the range does not lie behind its start");
            return;
        }
        add(word, first.value().get(), last.get().subtract(from).add(BigInteger.ONE), port);
    }

    /// The end of a range: an address, or what the last octet or group of the first becomes.
    private static Optional<BigInteger> last(IpAddress first, String text) {
        Optional<IpAddress> whole = Scalars.address(text).value();
        if (whole.isPresent()) {
            return whole.filter(address -> address.family() == first.family())
                    .map(ServerGroup::number);
        }
        boolean ipv4 = first.family() == Family.INET;
        int bits = ipv4 ? 8 : 16;
        Optional<Long> tail =
                ipv4
                        ? Scalars.integer(text, 0, 255).value()
                        : Scalars.integerOfAnyBase("0x" + text, 0, 65535).value();
        return tail.map(
                value ->
                        ServerGroup.number(first)
                                .shiftRight(bits)
                                .shiftLeft(bits)
                                .add(BigInteger.valueOf(value)));
    }

    private void add(Word word, IpAddress first, BigInteger count, int port) {
        if (!marked && count.compareTo(BigInteger.valueOf(ADDRESSES_MAX)) > 0) {
            context.findings()
                    .error(word, "a range of more than %d addresses".formatted(ADDRESSES_MAX));
            return;
        }
        BigInteger last = ServerGroup.number(first).add(count).subtract(BigInteger.ONE);
        ranges.add(new ServerGroup.Range(first, ServerGroup.address(last, first.family()), port));
    }
}
