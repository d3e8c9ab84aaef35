package holdfast.lab.bench;

import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// The configuration of virtual servers that differ in number only, in the words both programs
/// understand: each with so many real servers, all of which are addresses of the host itself, and
/// each of which is checked by a connection, if checks are wanted.
///
/// Immutable.
///
/// @param port of the real servers
/// @param delayLoop in seconds, as it is written; without checks when it is empty
record Services(int count, int each, int port, String delayLoop) {

    static final int PORT = 80;

    /// So many addresses are given out of the 256 at a place, which leaves out 0 and 255.
    private static final int OCTETS = 250;

    /// The address of the virtual server with this number, from 0.
    static String address(int number) {
        return "10.2." + number / OCTETS + "." + (1 + number % OCTETS);
    }

    /// The address of the real server with this number, from 0.
    static String server(int number) {
        return "127."
                + (1 + number / OCTETS / OCTETS)
                + "."
                + number / OCTETS % OCTETS
                + "."
                + (1 + number % OCTETS);
    }

    int servers() {
        return count * each;
    }

    /// The virtual server that both programs make last.
    String last() {
        return address(count - 1);
    }

    String text() {
        return IntStream.range(0, count).mapToObj(this::service).collect(Collectors.joining());
    }

    private String service(int number) {
        String servers =
                IntStream.range(number * each, (number + 1) * each)
                        .mapToObj(this::block)
                        .collect(Collectors.joining());
        String delay = delayLoop.isEmpty() ? "" : "delay_loop " + delayLoop;
        return """
        virtual_server %s %d {
          %s
          lb_algo rr
          lb_kind NAT
          protocol TCP
        %s}
        """
                .formatted(address(number), PORT, delay, servers);
    }

    private String block(int number) {
        String check =
                """
                    TCP_CHECK {
                      connect_timeout 2
                      retry 0
                    }
                """;
        return """
          real_server %s %d {
            weight 1
        %s  }
        """
                .formatted(server(number), port, delayLoop.isEmpty() ? "" : check);
    }
}
