package holdfast.report.mail;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.ZonedDateTime;
import java.util.Optional;

/// Hands one mail to a mail server (RFC 5321), over one connection.
///
/// An answer that was not expected ends the conversation politely. After [SmtpStep.Done] the answer
/// to everything stays the same. Confined to one thread; used once.
public final class SmtpSession {

    /// What was said last, and the code that answers it.
    private enum Stage {
        GREETING("the connection", 220),
        HELO("HELO", 250),
        SENDER("MAIL FROM", 250),
        RECIPIENT("RCPT TO", 250),
        DATA("DATA", 354),
        LETTER("the mail", 250),
        QUIT("QUIT", 221);

        private final String words;
        private final int expected;

        Stage(String words, int expected) {
            this.words = words;
            this.expected = expected;
        }
    }

    private static final SmtpStep WAIT = new SmtpStep.Wait();

    private final Letterhead letterhead;
    private final String letter;
    private final SmtpReply reply = new SmtpReply();
    private Stage stage = Stage.GREETING;
    private int recipientsNamed;
    private Optional<String> complaint = Optional.of("nothing was said");
    private boolean done;

    public SmtpSession(Letterhead letterhead, Mail mail, ZonedDateTime date) {
        this.letterhead = letterhead;
        this.letter = letterhead.letter(mail, date);
    }

    /// The server said this.
    public SmtpStep received(ByteBuffer bytes) {
        StringBuilder out = new StringBuilder();
        while (!done && bytes.hasRemaining()) {
            int code = reply.take(bytes.get());
            if (code == SmtpReply.GARBAGE && stage != Stage.QUIT) {
                return failed("the server does not speak SMTP");
            }
            if (code != SmtpReply.OPEN) {
                out.append(answered(code));
            }
        }
        if (done) {
            return new SmtpStep.Done(complaint);
        }
        return out.isEmpty()
                ? WAIT
                : new SmtpStep.Send(
                        ByteBuffer.wrap(out.toString().getBytes(StandardCharsets.UTF_8)));
    }

    /// The connection is over, or should be: it broke, ended, or took too long.
    ///
    /// @param reason in words
    public SmtpStep failed(String reason) {
        if (!done && stage != Stage.QUIT) {
            complaint = Optional.of(reason + " (after " + stage.words + ")");
        }
        done = true;
        return new SmtpStep.Done(complaint);
    }

    /// What to say after a reply.
    private String answered(int code) {
        if (stage == Stage.QUIT) {
            done = true;
            return "";
        }
        if (code != stage.expected) {
            complaint = Optional.of("the server answered " + code + " to " + stage.words);
            return quit();
        }
        return switch (stage) {
            case GREETING -> say(Stage.HELO, "HELO " + letterhead.heloName());
            case HELO ->
                    say(Stage.SENDER, "MAIL FROM:<" + Letterhead.address(letterhead.from()) + ">");
            case SENDER, RECIPIENT -> nextRecipient();
            case DATA -> say(Stage.LETTER, stuffed() + ".");
            case LETTER -> {
                complaint = Optional.empty();
                yield quit();
            }
            case QUIT -> "";
        };
    }

    private String nextRecipient() {
        if (recipientsNamed == letterhead.recipients().size()) {
            return say(Stage.DATA, "DATA");
        }
        String party = letterhead.recipients().get(recipientsNamed++);
        return say(Stage.RECIPIENT, "RCPT TO:<" + Letterhead.address(party) + ">");
    }

    private String quit() {
        return say(Stage.QUIT, "QUIT");
    }

    private String say(Stage next, String line) {
        stage = next;
        return line + "\r\n";
    }

    /// A line that begins with a dot gets another one, since a dot alone ends the mail.
    private String stuffed() {
        String stuffed = letter.replace("\n.", "\n..");
        return stuffed.startsWith(".") ? "." + stuffed : stuffed;
    }
}
