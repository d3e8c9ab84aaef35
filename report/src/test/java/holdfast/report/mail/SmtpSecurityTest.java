package holdfast.report.mail;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import holdfast.report.mail.SmtpSecurity.Encryption;
import holdfast.report.mail.SmtpSecurity.Login;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// What is encrypted, who logs in how, and what is never said in the clear.
class SmtpSecurityTest {

    private static final Login LOGIN = new Login("lb1", "s3cr3t");

    private static SmtpSession session(Encryption encryption, Login... login) {
        return new SmtpSession(
                new Letterhead("lb1", "a@b", List.of("c@d")),
                new SmtpSecurity(encryption, List.of(login).stream().findFirst()),
                new Mail("s", "b"),
                ZonedDateTime.of(2026, 1, 2, 3, 4, 5, 0, ZoneOffset.UTC));
    }

    private static String hears(SmtpSession session, String reply) {
        return text(session.received(ByteBuffer.wrap(reply.getBytes(StandardCharsets.US_ASCII))));
    }

    private static String text(SmtpStep step) {
        return switch (step) {
            case SmtpStep.Send(var bytes) ->
                    StandardCharsets.UTF_8.decode(bytes).toString().strip();
            case SmtpStep.Wait() -> "waits";
            case SmtpStep.Encrypt() -> "shakes hands";
            case SmtpStep.Done(var complaint) -> complaint.map(it -> "no: " + it).orElse("sent");
        };
    }

    @Test
    void encryptionComesFirstThenTheLoginThenTheMail() {
        SmtpSession session = session(Encryption.REQUIRED, LOGIN);
        assertEquals("EHLO lb1", hears(session, "220 mx\r\n"));
        assertEquals("STARTTLS", hears(session, "250-mx\r\n250-starttls\r\n250 AUTH PLAIN\r\n"));
        assertEquals("shakes hands", hears(session, "220 go\r\n"));
        assertEquals("EHLO lb1", text(session.encrypted()));
        // base64 of NUL lb1 NUL s3cr3t
        assertEquals(
                "AUTH PLAIN AGxiMQBzM2NyM3Q=",
                hears(session, "250-mx\r\n250-AUTH=LOGIN\r\n250 auth login plain\r\n"));
        assertEquals("MAIL FROM:<a@b>", hears(session, "235 ok\r\n"));
    }

    @Test
    void aServerThatOnlyKnowsLoginIsAnsweredItsQuestions() {
        SmtpSession session = session(Encryption.WELCOME, LOGIN);
        hears(session, "220 mx\n250-mx\n250 STARTTLS\n220 go\n");
        session.encrypted();
        assertEquals("AUTH LOGIN", hears(session, "250 AUTH LOGIN\n"));
        assertEquals("bGIx", hears(session, "334 VXNlcm5hbWU6\n"));
        assertEquals("czNjcjN0", hears(session, "334 UGFzc3dvcmQ6\n"));
        assertEquals("QUIT", hears(session, "535 no\n"));
        assertEquals(
                "no: the server answered 535 to the password of AUTH LOGIN",
                hears(session, "221 bye\n"));
    }

    @Test
    void aPasswordIsNotSaidInTheClear() {
        for (Encryption encryption : Encryption.values()) {
            SmtpSession session = session(encryption, LOGIN);
            hears(session, "220 mx\n");
            assertEquals("QUIT", hears(session, "250-mx\n250 AUTH PLAIN LOGIN\n"));
            assertEquals("no: the server cannot encrypt (STARTTLS)", hears(session, "221 bye\n"));
        }
    }

    @Test
    void whoeverDoesNotInsistGoesOnInTheClear() {
        SmtpSession session = session(Encryption.WELCOME);
        assertEquals("EHLO lb1", hears(session, "220 mx\n"));
        assertEquals("MAIL FROM:<a@b>", hears(session, "250 mx\n"));

        SmtpSession old = session(Encryption.WELCOME);
        hears(old, "220 mx\n");
        assertEquals("HELO lb1", hears(old, "502 what\n"));
        assertEquals("MAIL FROM:<a@b>", hears(old, "250 mx\n"));
    }

    @Test
    void whoeverInsistsDoesNot() {
        SmtpSession session = session(Encryption.REQUIRED);
        hears(session, "220 mx\n");
        assertEquals("QUIT", hears(session, "502 what\n"));
        assertEquals("no: the server answered 502 to EHLO", hears(session, "221 bye\n"));
        SmtpSession late = session(Encryption.REQUIRED);
        hears(late, "220 mx\n250 STARTTLS\n");
        assertEquals("QUIT", hears(late, "454 not now\n"));
    }

    @Test
    void whatIsSaidBeforeTheHandshakeIsNotTakenForAnAnswerAfterIt() {
        SmtpSession session = session(Encryption.REQUIRED);
        hears(session, "220 mx\n250 STARTTLS\n");
        assertEquals(
                "no: the server spoke before the TLS handshake (after the TLS handshake)",
                hears(session, "220 go\n250 AUTH PLAIN\n"));
    }

    @Test
    void aServerThatKnowsNoWayIsLeft() {
        SmtpSession session = session(Encryption.REQUIRED, LOGIN);
        hears(session, "220 mx\n250 STARTTLS\n220 go\n");
        session.encrypted();
        assertEquals("QUIT", hears(session, "250-mx\n250 AUTH GSSAPI\n"));
    }

    @Test
    void noPasswordIsPrinted() {
        SmtpSecurity security = new SmtpSecurity(Encryption.REQUIRED, Optional.of(LOGIN));
        assertFalse(security.toString().contains("s3cr3t"), security.toString());
    }
}
