package holdfast.probe;

import static holdfast.probe.ProbeStep.failure;

import holdfast.probe.ProbeStep.Done;
import holdfast.probe.ProbeStep.Send;
import holdfast.probe.ProbeStep.Wait;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/// `SMTP_CHECK`: greeting, `HELO`, `QUIT` (RFC 5321, section 4.1; LVS specification, section 7).
///
/// Nothing that a server says is repeated to people but its codes.
public final class SmtpProbe implements Probe {

    /// A reply is one line that may go on (RFC 5321, section 4.2.1).
    static final int LINES_MAX = 100;

    /// Four times what a line may have (RFC 5321, section 4.5.3.1.5).
    static final int LINE_BYTES_MAX = 2048;

    private static final int CODE_DIGITS = 3;
    private static final int GREETING = 220;
    private static final int FINE = 250;

    private enum Stage {
        CONNECTING,
        GREETING,
        HELLO,
        GOODBYE
    }

    private final String heloName;
    private final StringBuilder line = new StringBuilder();
    private final StringBuilder unsaid = new StringBuilder();
    private int lines;
    private Stage stage = Stage.CONNECTING;
    private ProbeStep step = new Wait();

    public SmtpProbe(String heloName) {
        this.heloName = heloName;
    }

    @Override
    public ProbeStep on(ProbeInput input) {
        if (step instanceof Done) {
            return step;
        }
        step =
                switch (input) {
                    case ProbeInput.Connected() -> {
                        if (stage == Stage.CONNECTING) {
                            stage = Stage.GREETING;
                        }
                        yield new Wait();
                    }
                    case ProbeInput.Received(ByteBuffer bytes) -> receive(bytes);
                    case ProbeInput.Closed() -> failure("connection closed" + before());
                    case ProbeInput.Failed(String reason) -> failure(reason);
                    case ProbeInput.TimedOut() -> failure(tooLate());
                };
        return step;
    }

    private ProbeStep receive(ByteBuffer bytes) {
        while (bytes.hasRemaining()) {
            char letter = (char) (bytes.get() & 0xff);
            if (letter != '\n') {
                line.append(letter);
                if (line.length() > LINE_BYTES_MAX) {
                    return failure("a line of more than " + LINE_BYTES_MAX + " bytes");
                }
                continue;
            }
            ProbeStep next = readLine();
            line.setLength(0);
            if (next instanceof Done) {
                return next;
            }
        }
        if (unsaid.isEmpty()) {
            return new Wait();
        }
        byte[] command = unsaid.toString().getBytes(StandardCharsets.UTF_8);
        unsaid.setLength(0);
        return new Send(ByteBuffer.wrap(command).asReadOnlyBuffer());
    }

    private ProbeStep readLine() {
        if (stage == Stage.GOODBYE) {
            return new Done(Outcome.Passed.PLAIN);
        }
        if (!isReply()) {
            return failure("the server does not speak SMTP");
        }
        if (line.length() > CODE_DIGITS && line.charAt(CODE_DIGITS) == '-') {
            return ++lines < LINES_MAX
                    ? new Wait()
                    : failure("a reply of more than " + LINES_MAX + " lines");
        }
        lines = 0;
        return readReply(Integer.parseInt(line, 0, CODE_DIGITS, 10));
    }

    private ProbeStep readReply(int code) {
        if (stage == Stage.HELLO) {
            if (code != FINE) {
                return failure("HELO was answered with " + code);
            }
            stage = Stage.GOODBYE;
            unsaid.append("QUIT\r\n");
        } else {
            if (code != GREETING) {
                return failure("the server greets with " + code);
            }
            stage = Stage.HELLO;
            unsaid.append("HELO ").append(heloName).append("\r\n");
        }
        return new Wait();
    }

    /// Three digits, and then the end, a blank, or the sign that more follows.
    private boolean isReply() {
        if (!line.isEmpty() && line.charAt(line.length() - 1) == '\r') {
            line.setLength(line.length() - 1);
        }
        for (int i = 0; i < CODE_DIGITS; i++) {
            if (i >= line.length() || line.charAt(i) < '0' || line.charAt(i) > '9') {
                return false;
            }
        }
        return line.length() == CODE_DIGITS
                || line.charAt(CODE_DIGITS) == ' '
                || line.charAt(CODE_DIGITS) == '-';
    }

    private String before() {
        return switch (stage) {
            case CONNECTING -> " before it was open";
            case GREETING -> " before the greeting";
            case HELLO -> " before HELO was answered";
            case GOODBYE -> " before QUIT was answered";
        };
    }

    private String tooLate() {
        return switch (stage) {
            case CONNECTING -> "connection timed out";
            case GREETING -> "no greeting in time";
            case HELLO -> "no answer to HELO in time";
            case GOODBYE -> "no answer to QUIT in time";
        };
    }
}
