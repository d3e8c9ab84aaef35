package holdfast.lab.equality;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A virtual server as a configuration may describe it, over three servers that are checked by a
/// connection to this host itself.
///
/// In its texts, `{n}` is the number of the shape, by which its addresses and marks are told from
/// those of others.
///
/// @param before what stands in front of it, such as a group
/// @param options its lines, but for the servers
/// @param own what servers have of their own, each in turn
/// @param swaps what a reload puts in the place of what
/// @param known where Debian's keepalived is known to go astray
record Shape(
        int number,
        String head,
        String before,
        List<String> options,
        List<String> servers,
        List<String> own,
        List<Swap> swaps,
        Map<Step, Remark> known) {

    private static final String USUAL = "10.7.{n}.1 80";
    private static final List<String> IPV4 = List.of("10.8.0.1 80", "10.8.0.2 80", "10.8.0.3 80");
    static final List<String> IPV6 = List.of("fd08::1 80", "fd08::2 80", "fd08::3 80");

    record Swap(String from, String to) {}

    static Shape of(int number, String... options) {
        List<String> none = List.of("", "", "");
        return new Shape(number, USUAL, "", List.of(options), IPV4, none, List.of(), Map.of());
    }

    Shape at(String other) {
        return new Shape(number, other, before, options, servers, own, swaps, known);
    }

    Shape behind(String text) {
        return new Shape(number, head, text, options, servers, own, swaps, known);
    }

    Shape over(List<String> others) {
        return new Shape(number, head, before, options, others, own, swaps, known);
    }

    /// @param lines for the first server, and those after it
    Shape each(String... lines) {
        List<String> all = new ArrayList<>(List.of(lines));
        while (all.size() < servers.size()) {
            all.add("");
        }
        return new Shape(number, head, before, options, servers, all, swaps, known);
    }

    Shape then(String from, String to) {
        List<Swap> more = new ArrayList<>(swaps);
        more.add(new Swap(from, to));
        return new Shape(number, head, before, options, servers, own, more, known);
    }

    /// Where the other program departs from what is right.
    Shape astray(Remark remark, Step... steps) {
        Map<Step, Remark> more = new EnumMap<>(Step.class);
        more.putAll(known);
        for (Step step : steps) {
            more.put(step, remark);
        }
        return new Shape(number, head, before, options, servers, own, swaps, more);
    }

    Optional<Remark> remark(Step step) {
        return Optional.ofNullable(known.get(step));
    }

    /// The text of the configuration.
    String text() {
        var text = new StringBuilder(before);
        text.append("virtual_server ").append(head).append(" {\n");
        text.append("delay_loop 1\nwarmup 0\n");
        usual(text, "lb_algo", "lb_algo rr");
        usual(text, "lb_kind", "lb_kind NAT");
        if (!head.startsWith("fwmark")) {
            usual(text, "protocol", "protocol TCP");
        }
        options.forEach(line -> text.append(line).append("\n"));
        for (int i = 0; i < servers.size(); i++) {
            text.append(server(servers.get(i), own.get(i), i + 1));
        }
        return text.append("}\n").toString().replace("{n}", Integer.toString(number));
    }

    /// The text that a reload brings.
    String changed() {
        String text = text();
        for (Swap swap : swaps) {
            String from = swap.from().replace("{n}", Integer.toString(number));
            if (!text.contains(from)) {
                throw new IllegalStateException("no " + from + " in\n" + text);
            }
            text = text.replace(from, swap.to().replace("{n}", Integer.toString(number)));
        }
        return text;
    }

    private void usual(StringBuilder text, String word, String line) {
        if (options.stream().noneMatch(option -> option.contains(word))) {
            text.append(line).append("\n");
        }
    }

    static String server(String address, String lines, int number) {
        return """
        real_server %s {
        %s
        TCP_CHECK {
        connect_ip 127.0.0.1
        connect_port %d
        connect_timeout 1
        retry 0
        }
        }
        """
                .formatted(address, lines, Backends.port(number));
    }

    /// Whether a service, as ipvsadm names it, is of this shape.
    boolean owns(String service) {
        String name = service.substring(service.indexOf(' ') + 1);
        if (service.startsWith("-f")) {
            return Long.parseLong(name.split(" ")[0]) / 10 == number;
        }
        return name.startsWith("10.7." + number + ".") || name.startsWith("[fd07:" + number + ":");
    }

    /// What makes it what it is, in a line.
    String title() {
        List<String> words = new ArrayList<>();
        if (!head.equals(USUAL)) {
            words.add(head.replace("{n}", "N"));
        }
        words.addAll(options);
        for (int i = 0; i < own.size(); i++) {
            if (!own.get(i).isEmpty()) {
                String line = own.get(i).replace(Backends.SCRIPT, "MISC_CHECK with misc_dynamic");
                words.add((i + 1) + ": " + line);
            }
        }
        return String.join(", ", words).replace("\n", ", ");
    }

    /// What a reload changes, in a line.
    String changes() {
        List<String> words = new ArrayList<>();
        swaps.forEach(swap -> words.add(flat(swap.from()) + " → " + flat(swap.to())));
        return String.join(", ", words).replace("{n}", "N");
    }

    private static String flat(String text) {
        if (text.startsWith("real_server")) {
            return text.lines().findFirst().orElse("").replace(" {", "");
        }
        String flat = text.strip().replace("\n", ", ");
        return flat.isEmpty() ? "nothing" : flat;
    }
}
