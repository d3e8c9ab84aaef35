package holdfast.daemon;

import holdfast.daemon.CommandLine.Parsed;
import holdfast.daemon.genhash.Genhash;
import java.io.IOException;
import java.io.PrintStream;
import java.util.List;

/// The program: the daemon in its roles, and the small tasks that the command line offers.
public final class Main {

    private static final String RELEASE = "release";

    private Main() {}

    public static void main(String[] words) {
        System.exit(run(List.of(words), System.out, System.err));
    }

    static int run(List<String> words, PrintStream out, PrintStream err) {
        try {
            if (!words.isEmpty() && words.getFirst().equals(CheckersMain.ROLE)) {
                return CheckersMain.run(words.subList(1, words.size()));
            }
            boolean release = !words.isEmpty() && words.getFirst().equals(RELEASE);
            Parsed parsed = CommandLine.parse(release ? words.subList(1, words.size()) : words);
            // Not a switch: the JVM makes the code behind its first patterns in 10 ms.
            if (parsed instanceof Parsed.Say(var text, var error, var status)) {
                (error ? err : out).println(text);
                return status;
            }
            if (parsed instanceof Parsed.Hash(var rest, var ignored)) {
                if (ignored) {
                    err.println(
                            "Warning -- `-T` not used as first option, previous options ignored");
                }
                return Genhash.run(calledAs(), rest, out, err);
            }
            Options options = ((Parsed.Run) parsed).options();
            return release ? Release.run(options, err) : run(options, words, err);
        } catch (IOException e) {
            err.println(e.getMessage());
            return ExitStatuses.FATAL;
        } catch (RuntimeException | Error e) {
            err.println("This is a mistake of the program:");
            e.printStackTrace(err);
            return ExitStatuses.BROKEN;
        }
    }

    /// The name of genhash, by which it may have been called.
    private static String calledAs() {
        String name = System.getProperty("holdfast.name", "holdfast");
        return name.equals("genhash") ? name : name + " --genhash";
    }

    private static int run(Options options, List<String> words, PrintStream err)
            throws IOException {
        if (options.configTest().isPresent()) {
            options.remarks().forEach(err::println);
            return ConfigTestRun.run(options, options.configTest().get(), err);
        }
        if (options.background() && options.readyFd().isEmpty()) {
            return Daemonise.start(words, err);
        }
        try (Voice voice = Voice.of(options.readyFd(), err)) {
            try {
                return new DaemonRun(options, words, voice).run();
            } catch (IOException e) {
                voice.say(String.valueOf(e.getMessage()));
                return ExitStatuses.FATAL;
            }
        }
    }
}
