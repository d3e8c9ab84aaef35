package holdfast.daemon.genhash;

import holdfast.daemon.balance.PageFetch;
import holdfast.linux.SyscallException;
import holdfast.probe.Connection;
import holdfast.probe.HttpSpec;
import holdfast.probe.Outcome;
import holdfast.probe.PageProbe;
import holdfast.probe.TlsSpec;
import java.io.PrintStream;
import java.util.BitSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/// Fetches a page as a check would, and prints its digest (runtime specification, section 12).
///
/// Only a wrong command line is a failure for the caller: that a server does not answer is said,
/// and the exit status is 0 all the same, as scripts know it.
public final class Genhash {

    private static final int MISUSED = 1;

    /// What a server that does not answer is called, unless it is a page without a head.
    private static final String NO_DATA = "no data received";

    private Genhash() {}

    /// @param name by which the program was called
    /// @return what to exit with
    public static int run(String name, List<String> words, PrintStream out, PrintStream err) {
        GenhashOptions options;
        try {
            options = GenhashOptions.parse(words);
        } catch (GenhashOptions.Misused misused) {
            if (!misused.message().isEmpty()) {
                err.println(misused.message());
            }
            err.println(usage(name));
            return MISUSED;
        }
        long began = System.nanoTime();
        PageProbe probe =
                new PageProbe(
                        new HttpSpec.Url(
                                options.path(),
                                options.host(),
                                new BitSet(),
                                Optional.empty(),
                                Optional.empty()),
                        options.protocol(),
                        options.server());
        Outcome outcome = outcome(options, probe);
        switch (outcome) {
            case Outcome.Passed _ -> print(options, probe.page(), out);
            case Outcome.Failed(String reason) when reason.startsWith(NO_DATA) -> {
                err.println(reason);
                print(options, probe.page(), out);
            }
            case Outcome.Failed(String reason) -> say(reason, out, err);
            case Outcome.NotMade(String reason) -> say(reason, out, err);
        }
        if (options.verbose()) {
            long micros = (System.nanoTime() - began) / 1000;
            out.println();
            out.println("Global response time for [" + options.path() + "] = " + micros + " usecs");
        }
        return 0;
    }

    private static Outcome outcome(GenhashOptions options, PageProbe probe) {
        Connection to =
                new Connection(
                        options.server(), Optional.empty(), 0, Optional.empty(), options.mark());
        Optional<TlsSpec.Session> session =
                options.encrypted()
                        ? Optional.of(
                                new TlsSpec.Session(
                                        options.host().filter(_ -> options.named()),
                                        false,
                                        Optional.empty()))
                        : Optional.empty();
        try {
            return PageFetch.run(to, session, probe, options.timeout());
        } catch (SyscallException e) {
            return new Outcome.NotMade(String.valueOf(e.getMessage()));
        }
    }

    /// As genhash has always said it, and then why.
    private static void say(String reason, PrintStream out, PrintStream err) {
        if (reason.startsWith("Timeout")) {
            out.println(reason);
        } else if (reason.equals("TLS handshake timed out")) {
            out.println("Timeout connecting");
        } else {
            out.println(
                    reason.contains("TLS")
                            ? "SSL handshake/communication error connecting to server"
                            : reason.startsWith(PageProbe.BROKEN)
                                    ? "Read error with server"
                                    : "Connection failed");
            err.println(reason);
        }
    }

    private static void print(GenhashOptions options, PageProbe.Page page, PrintStream out) {
        if (!options.verbose()) {
            page.digest().ifPresent(out::println);
            return;
        }
        HexDump dump = new HexDump(out);
        if (page.head().length > 0) {
            heading("   HTTP Header Buffer   ", out);
            dump.print(page.head());
        }
        if (page.digest().isPresent()) {
            heading("HTTP Header Ascii Buffer", out);
            out.write(page.head(), 0, page.head().length);
        }
        if (page.body().length > 0) {
            out.println();
            heading("       HTML Buffer       ", out);
            dump.print(page.body());
        }
        out.println();
        heading("   HTML hash resulting   ", out);
        page.digest().map(HexFormat.of()::parseHex).ifPresent(dump::print);
        heading("HTML hash final resulting", out);
        out.println(page.digest().orElse(""));
    }

    private static void heading(String title, PrintStream out) {
        String rule = "-----------------------";
        out.println(rule + "[ " + title + " ]" + rule);
    }

    private static String usage(String name) {
        return "Usage: "
                + name
                + """
                 COMMAND [OPTIONS]
                Commands:
                   -s server-address -p port -u url
                   -S -s server-address -p port -u url
                   -h

                Options:
                Either long or short options are allowed.
                   --use-ssl         -S       Connect to the server by TLS.
                   --use-sni         -I       Name the virtual host to TLS (see -V).
                   --server          -s       Address of the server.
                   --port            -p       Port of the server.
                   --url             -u       What to ask for.
                   --use-virtualhost -V       Virtual host to ask for.
                   --verbose         -v       Print the answer too.
                   --help            -h       Print this.
                   --fwmark          -m       Firewall mark of the connection.
                   --protocol        -P       Version of HTTP: '1.0', '1.0c' or '1.1'.
                                                1.0c means 1.0 with 'Connection: close'
                   --timeout         -t       Seconds to wait in each phase.""";
    }
}
