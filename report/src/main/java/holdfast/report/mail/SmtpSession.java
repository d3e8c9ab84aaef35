package holdfast.report.mail;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.ZonedDateTime;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
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
        EHLO("EHLO", 250),
        STARTTLS("STARTTLS", 220),
        HANDSHAKE("the TLS handshake", 0),
        LOGIN_PLAIN("AUTH PLAIN", 235),
        LOGIN_START("AUTH LOGIN", 334),
        LOGIN_USER("the user of AUTH LOGIN", 334),
        LOGIN_PASSWORD("the password of AUTH LOGIN", 235),
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
    private final SmtpSecurity security;
    private final String letter;
    private final SmtpReply reply = new SmtpReply();
    private Stage stage = Stage.GREETING;
    private boolean encrypted;
    private int recipientsNamed;
    private Optional<String> complaint = Optional.of("nothing was said");
    private boolean done;

    public SmtpSession(
            Letterhead letterhead, SmtpSecurity security, Mail mail, ZonedDateTime date) {
        this.letterhead = letterhead;
        this.security = security;
        this.letter = letterhead.letter(mail, date);
    }

    /// The server said this.
    public SmtpStep received(ByteBuffer bytes) {
        StringBuilder out = new StringBuilder();
        while (!done && bytes.hasRemaining()) {
            if (stage == Stage.HANDSHAKE) {
                // Said in the clear, and would be taken for a part of the encrypted conversation.
                return failed("the server spoke before the TLS handshake");
            }
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
        if (stage == Stage.HANDSHAKE) {
            return new SmtpStep.Encrypt();
        }
        return out.isEmpty() ? WAIT : send(out.toString());
    }

    /// The handshake is over; from now on nobody else can listen.
    public SmtpStep encrypted() {
        if (stage != Stage.HANDSHAKE) {
            return failed("nobody asked for TLS");
        }
        encrypted = true;
        return send(say(Stage.EHLO, "EHLO " + letterhead.heloName()));
    }

    private static SmtpStep send(String text) {
        return new SmtpStep.Send(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
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
            return refused(code);
        }
        return switch (stage) {
            case GREETING ->
                    security.equals(SmtpSecurity.NONE)
                            ? say(Stage.HELO, "HELO " + letterhead.heloName())
                            : say(Stage.EHLO, "EHLO " + letterhead.heloName());
            case EHLO -> protect(reply.lines());
            case STARTTLS -> {
                stage = Stage.HANDSHAKE;
                yield "";
            }
            case LOGIN_START -> say(Stage.LOGIN_USER, base64(login().user()));
            case LOGIN_USER -> say(Stage.LOGIN_PASSWORD, base64(login().password()));
            case HELO, LOGIN_PLAIN, LOGIN_PASSWORD ->
                    say(Stage.SENDER, "MAIL FROM:<" + Letterhead.address(letterhead.from()) + ">");
            case SENDER, RECIPIENT -> nextRecipient();
            case DATA -> say(Stage.LETTER, stuffed() + ".");
            case LETTER -> {
                complaint = Optional.empty();
                yield quit();
            }
            case HANDSHAKE, QUIT -> "";
        };
    }

    /// An old server may know no EHLO; that matters only where something of it is needed.
    private String refused(int code) {
        boolean old = stage == Stage.EHLO && code >= 500;
        if (old && !encrypted && !security.insists()) {
            return say(Stage.HELO, "HELO " + letterhead.heloName());
        }
        return end("the server answered " + code + " to " + stage.words);
    }

    /// Goes on by what the server said that it can (RFC 5321, section 4.1.1.1).
    private String protect(List<String> abilities) {
        if (!encrypted && security.encryption() != SmtpSecurity.Encryption.NEVER) {
            if (can(abilities, "STARTTLS").isPresent()) {
                return say(Stage.STARTTLS, "STARTTLS");
            }
        }
        if (!encrypted && security.insists()) {
            return end("the server cannot encrypt (STARTTLS)");
        }
        if (security.login().isEmpty()) {
            return say(Stage.SENDER, "MAIL FROM:<" + Letterhead.address(letterhead.from()) + ">");
        }
        List<String> ways = can(abilities, "AUTH").orElse(List.of());
        if (ways.contains("PLAIN")) {
            String both = "\0" + login().user() + "\0" + login().password();
            return say(Stage.LOGIN_PLAIN, "AUTH PLAIN " + base64(both));
        }
        return ways.contains("LOGIN")
                ? say(Stage.LOGIN_START, "AUTH LOGIN")
                : end("the server knows no way to log in that we know (AUTH PLAIN, AUTH LOGIN)");
    }

    /// The words behind an ability, in capitals; empty if the server does not have it.
    private static Optional<List<String>> can(List<String> abilities, String name) {
        for (String ability : abilities) {
            List<String> words = List.of(ability.toUpperCase(Locale.ROOT).split(" "));
            if (words.getFirst().equals(name)) {
                return Optional.of(words.subList(1, words.size()));
            }
        }
        return Optional.empty();
    }

    private SmtpSecurity.Login login() {
        return security.login().orElseThrow();
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private String nextRecipient() {
        if (recipientsNamed == letterhead.recipients().size()) {
            return say(Stage.DATA, "DATA");
        }
        String party = letterhead.recipients().get(recipientsNamed++);
        return say(Stage.RECIPIENT, "RCPT TO:<" + Letterhead.address(party) + ">");
    }

    private String end(String why) {
        complaint = Optional.of(why);
        return quit();
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
