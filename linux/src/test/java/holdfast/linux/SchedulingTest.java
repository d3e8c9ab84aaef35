package holdfast.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SchedulingTest {

    @Test
    void allThreadsAreRealTimeAndTheCallersIsAboveThem() throws Exception {
        try (ChildJvm child = new ChildJvm(List.of(), RealTime.class)) {
            String threads = child.rest();
            assertEquals(0, child.process.waitFor(), threads);
            List<String> lines = threads.lines().toList();
            assertTrue(lines.contains("loop policy 2 priority 20"), threads);
            long others = lines.stream().filter("other policy 2 priority 19"::equals).count();
            assertTrue(others > 5, threads);
            assertEquals("soft 50000 hard 100000", lines.get(lines.size() - 3), threads);
            assertTrue(lines.get(lines.size() - 2).startsWith("VmLck:"), threads);
            assertEquals("child policy 0 nice 0 free true", lines.getLast(), threads);
        }
    }

    @Test
    void aThreadThatStandsApartIsAsUrgentAsItSays() throws Exception {
        try (ChildJvm child = new ChildJvm(List.of(), Apart.class)) {
            String threads = child.rest();
            assertEquals(0, child.process.waitFor(), threads);
            List<String> lines = threads.lines().toList();
            assertTrue(lines.contains("loop policy 2 priority 20 nice -3"), threads);
            assertTrue(lines.contains("apart policy 2 priority 30 nice -7"), threads);
            long others =
                    lines.stream().filter("other policy 2 priority 29 nice -3"::equals).count();
            assertTrue(others > 5, threads);
            assertEquals(others + 2, lines.size(), threads);
        }
    }

    /// Has two loops, of which one stands apart.
    static final class Apart {
        public static void main(String[] args) throws Exception {
            Scheduling.nameThread("loop");
            var ready = new java.util.concurrent.CountDownLatch(1);
            var end = new java.util.concurrent.CountDownLatch(1);
            Thread thread =
                    new Thread(
                            () -> {
                                try {
                                    Scheduling.nameThread("apart");
                                    Scheduling.standApart();
                                    Scheduling.nice(-7);
                                    Scheduling.realTime(30);
                                    ready.countDown();
                                    end.await();
                                } catch (Exception e) {
                                    throw new IllegalStateException(e);
                                } finally {
                                    Scheduling.rejoin();
                                }
                            });
            thread.start();
            ready.await();
            Scheduling.nice(-3);
            Scheduling.realTime(20);
            try (var tasks = Files.newDirectoryStream(Path.of("/proc/self/task"))) {
                for (Path task : tasks) {
                    String stat = Files.readString(task.resolve("stat"));
                    String name =
                            stat.contains("(loop)")
                                    ? "loop"
                                    : stat.contains("(apart)") ? "apart" : "other";
                    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
                    System.out.println(
                            name
                                    + " policy "
                                    + fields[38]
                                    + " priority "
                                    + fields[37]
                                    + " nice "
                                    + fields[16]);
                }
            }
            end.countDown();
        }
    }

    /// Becomes a real-time process, and says what its threads and children are then.
    static final class RealTime {
        private static String allowedProcessors(String status) {
            return status.lines()
                    .filter(one -> one.startsWith("Cpus_allowed:"))
                    .toList()
                    .getFirst();
        }

        public static void main(String[] args) throws Exception {
            String before = allowedProcessors(Files.readString(Path.of("/proc/self/status")));
            Scheduling.nameThread("loop");
            Scheduling.realTimeLimit(Duration.ofMillis(50), Duration.ofMillis(100));
            Scheduling.lockMemory();
            Scheduling.processors(List.of(0));
            Scheduling.nice(-5);
            Scheduling.realTime(20);
            try (var tasks = Files.newDirectoryStream(Path.of("/proc/self/task"))) {
                for (Path task : tasks) {
                    // proc_pid_stat(5): 40 is the priority, 41 the policy, 2 the name
                    String stat = Files.readString(task.resolve("stat"));
                    String name = stat.contains("(loop)") ? "loop" : "other";
                    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
                    System.out.println(name + " policy " + fields[38] + " priority " + fields[37]);
                }
            }
            for (String line : Files.readAllLines(Path.of("/proc/self/limits"))) {
                if (line.startsWith("Max realtime timeout")) {
                    String[] words = line.split(" +");
                    System.out.println("soft " + words[3] + " hard " + words[4]);
                }
            }
            for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
                if (line.startsWith("VmLck:") && !line.contains(" 0 kB")) {
                    System.out.println(line);
                }
            }
            ProcessSpec sleep = ProcessSpec.of(List.of("/bin/sleep", "100"), Optional.empty());
            try (ChildProcess child = Spawn.start(sleep)) {
                String stat = Files.readString(Path.of("/proc/" + child.pid() + "/stat"));
                String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
                String allowed = Files.readString(Path.of("/proc/" + child.pid() + "/status"));
                System.out.println(
                        "child policy "
                                + fields[38]
                                + " nice "
                                + fields[16]
                                + " free "
                                + before.equals(allowedProcessors(allowed)));
                child.signalGroup(Signal.KILL);
                child.await(Duration.ofSeconds(5));
            }
        }
    }
}
