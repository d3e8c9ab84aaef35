package holdfast.daemon;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// How this very program was started, so that it can start itself again.
final class Program {

    private static final String MAIN = "holdfast.daemon/holdfast.daemon.Main";

    private Program() {}

    /// The same program with the same options of the virtual machine.
    ///
    /// @param argumentCount how many of our words were arguments
    static List<String> again(int argumentCount, List<String> arguments) throws IOException {
        List<String> words = ownWords();
        List<String> argv = new ArrayList<>();
        argv.add(executable());
        argv.addAll(words.subList(1, words.size() - argumentCount));
        argv.addAll(arguments);
        return argv;
    }

    /// The program with options of the virtual machine that suit another role.
    static List<String> inRole(int argumentCount, List<String> arguments) throws IOException {
        String options = System.getProperty("holdfast.checkers.options", "");
        if (options.isBlank()) {
            return again(argumentCount, arguments);
        }
        List<String> argv = new ArrayList<>();
        argv.add(executable());
        argv.addAll(Arrays.stream(options.split(" ")).filter(word -> !word.isBlank()).toList());
        argv.add("-Dholdfast.home=" + System.getProperty("holdfast.home", ""));
        argv.addAll(List.of("-m", MAIN));
        argv.addAll(arguments);
        return argv;
    }

    private static String executable() throws IOException {
        return Path.of("/proc/self/exe").toRealPath().toString();
    }

    private static List<String> ownWords() throws IOException {
        byte[] bytes = Files.readAllBytes(Path.of("/proc/self/cmdline"));
        String text = new String(bytes, StandardCharsets.UTF_8);
        return List.of(text.substring(0, text.length() - 1).split("\0", -1));
    }
}
