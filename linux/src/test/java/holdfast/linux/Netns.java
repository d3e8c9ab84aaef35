package holdfast.linux;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/// A network namespace of a test, and the thread that lives in it. Gone when closed.
final class Netns implements AutoCloseable {

    private final ExecutorService thread = Executors.newSingleThreadExecutor();
    private final int tid;

    Netns() throws Exception {
        tid =
                in(
                        () -> {
                            Namespaces.unshareNetwork();
                            return Libc.here().gettid();
                        });
        ip("link set lo up");
    }

    /// Two namespaces joined by a cable, with `eth` at either end and these addresses on it.
    static List<Netns> pair(String one, String other) throws Exception {
        Netns left = new Netns();
        Netns right = new Netns();
        left.ip("link add eth type veth peer name eth netns " + right.tid);
        left.connect(one);
        right.connect(other);
        while (!left.in(() -> Interfaces.isRunning("eth"))
                || !right.in(() -> Interfaces.isRunning("eth"))) {
            Thread.onSpinWait();
        }
        return List.of(left, right);
    }

    private void connect(String address) throws Exception {
        ip("addr add " + address + " dev eth" + (address.contains(":") ? " nodad" : ""));
        ip("link set eth up");
    }

    /// Runs something in the namespace, and waits for what it says.
    <T> T in(Callable<T> work) throws Exception {
        return thread.submit(work).get();
    }

    void ip(String arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of("ip"));
        command.addAll(List.of(arguments.split(" ")));
        int status = in(() -> new ProcessBuilder(command).inheritIO().start().waitFor());
        if (status != 0) {
            throw new AssertionError("ip " + arguments + " failed");
        }
    }

    @Override
    public void close() {
        thread.close();
    }
}
