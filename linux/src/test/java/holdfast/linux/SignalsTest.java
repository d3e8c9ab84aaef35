package holdfast.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import holdfast.time.MonoTime;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SignalsTest {

    private static final Set<Signal> ALL =
            Set.of(Signal.HUP, Signal.TERM, Signal.USR1, Signal.CHLD, Signal.realTime(2));

    @Test
    void signalsThatTheLauncherBlockedAreReadOneByOne() throws Exception {
        List<String> launcher = List.of("env", "--block-signal=HUP,TERM,USR1,CHLD,RTMIN+2");
        try (ChildJvm child = new ChildJvm(launcher, Receiver.class)) {
            assertEquals("ready", child.line());
            int pid = (int) child.process.pid();
            for (Signal signal : List.of(Signal.HUP, Signal.realTime(2), Signal.USR1)) {
                assertEquals(0, Libc.here().kill(pid, signal.number()));
                assertEquals(signal.toString(), child.line());
            }
            assertEquals(0, Libc.here().kill(pid, Signal.TERM.number()));
            assertEquals("TERM", child.line());
            assertEquals(0, child.process.waitFor());
        }
    }

    @Test
    void signalsThatAreNotBlockedAreRefusedWithAnExplanation() {
        IOException thrown =
                assertThrows(IOException.class, () -> Signals.open(Set.of(Signal.realTime(5))));
        assertTrue(thrown.toString().contains("[RTMIN+5]: they are not blocked"));
    }

    /// Says which signals come, until TERM.
    static final class Receiver {
        public static void main(String[] args) throws Exception {
            Forever forever = new Forever();
            try (Signals signals = Signals.open(ALL);
                    EventLoop loop = new EventLoop(forever)) {
                loop.watch(signals.fd(), now -> tell(signals, loop));
                System.out.println("ready");
                loop.run();
            }
        }

        private static void tell(Signals signals, EventLoop loop) {
            for (Optional<Signal> next = signals.receive();
                    next.isPresent();
                    next = signals.receive()) {
                System.out.println(next.get());
                if (next.get().equals(Signal.TERM)) {
                    loop.stop();
                }
            }
        }
    }

    private static final class Forever implements EventLoop.Ticker {
        @Override
        public MonoTime deadline() {
            return MonoTime.NEVER;
        }

        @Override
        public void onDeadline(MonoTime now) {
            throw new AssertionError();
        }
    }
}
