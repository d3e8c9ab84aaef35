package holdfast.lab;

import java.util.ArrayList;
import java.util.List;

/// Another program of this module, to be run in a host by the Java that runs this one.
public final class JavaProgram {

    private JavaProgram() {}

    /// The command that runs a class with a `main`.
    public static List<String> command(Class<?> program, String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(System.getProperty("java.home") + "/bin/java");
        command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx32m"));
        command.add("-XX:-UsePerfData"); // A killed one would leave its file behind.
        String modules = System.getProperty("jdk.module.path");
        if (modules == null) {
            command.addAll(List.of("-cp", System.getProperty("java.class.path", "")));
            command.addAll(List.of("--enable-native-access=ALL-UNNAMED", program.getName()));
        } else {
            command.addAll(List.of("-p", modules, "--enable-native-access=holdfast.linux"));
            command.addAll(List.of("-m", "holdfast.lab/" + program.getName()));
        }
        command.addAll(List.of(arguments));
        return command;
    }
}
