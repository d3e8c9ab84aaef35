package holdfast.report.mail;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.List;
import org.junit.jupiter.api.Test;

class SmtpSessionTest {

    private static final Letterhead LETTERHEAD =
            new Letterhead(
                    "lb1.example.net",
                    "Balancer <lb@example.net>",
                    List.of("admin@example.com", "My admin <root@example.org>"));
    private static final ZonedDateTime DATE =
            ZonedDateTime.of(2026, 11, 21, 1, 30, 5, 0, ZoneOffset.ofHours(2));

    private final SmtpSession session =
            new SmtpSession(
                    LETTERHEAD,
                    SmtpSecurity.NONE,
                    new Mail("[lb1] news", ".hidden\n=> good <="),
                    DATE);

    private String hears(String reply) {
        return text(session.received(bytes(reply)));
    }

    private static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    private static String text(SmtpStep step) {
        return switch (step) {
            case SmtpStep.Send(var bytes) ->
                    StandardCharsets.UTF_8.decode(bytes).toString().replace("\r\n", "|");
            case SmtpStep.Wait() -> "waits";
            case SmtpStep.Encrypt() -> "shakes hands";
            case SmtpStep.Done(var complaint) -> complaint.map(it -> "no: " + it).orElse("sent");
        };
    }

    @Test
    void aMailIsHandedOver() {
        assertEquals("HELO lb1.example.net|", hears("220 mx ESMTP\r\n"));
        assertEquals("waits", hears("250-mx\r\n250-SIZE 10\r\n"));
        assertEquals("MAIL FROM:<lb@example.net>|", hears("250 HELP\r\n"));
        assertEquals("RCPT TO:<admin@example.com>|", hears("250 ok\r\n"));
        assertEquals("RCPT TO:<root@example.org>|", hears("250 ok\r\n"));
        assertEquals("DATA|", hears("250\n"));
        assertEquals(
                "Date: Sat, 21 Nov 2026 01:30:05 +0200|From: Balancer <lb@example.net>|"
                        + "Subject: [lb1] news|X-Mailer: Keepalived|"
                        + "To: admin@example.com,| My admin <root@example.org>||"
                        + "..hidden|=> good <=|.|",
                hears("354 go\r\n"));
        assertEquals("QUIT|", hears("250 queued\r\n"));
        assertEquals("sent", hears("221 bye\r\n"));
        assertEquals("sent", text(session.failed("the server hung up")));
    }

    @Test
    void aServerThatHangsUpAfterTakingTheMailHasTakenIt() {
        hears("220 a\n250 b\n250 c\n250 d\n250 e\n354 f\n250 g\n");
        assertEquals("sent", text(session.failed("the server hung up")));
    }

    @Test
    void aRefusalEndsTheConversationPolitely() {
        hears("220 a\n250 b\n250 c\n");
        assertEquals("QUIT|", hears("550 no such user\r\n"));
        assertEquals("no: the server answered 550 to RCPT TO", hears("221 bye\r\n"));
    }

    @Test
    void aBusyServerIsLeftAlone() {
        assertEquals("QUIT|", hears("421-later\r\n421 please\r\n"));
        assertEquals(
                "no: the server answered 421 to the connection",
                text(session.failed("the server took too long")));
    }

    @Test
    void whatIsNoReplyEndsAtOnce() {
        assertEquals(
                "no: the server does not speak SMTP (after the connection)",
                hears("SSH-2.0-OpenSSH\r\n"));
        assertEquals("no: the server does not speak SMTP (after the connection)", hears("220 a\n"));
    }

    @Test
    void anEndlessReplyEnds() {
        String step = "waits";
        for (int i = 0; i <= SmtpReply.BYTES_MAX && step.equals("waits"); i++) {
            step = hears("2");
        }
        assertTrue(step.startsWith("no: "), step);
    }

    @Test
    void timeAndBreaksAreNamedWithTheStep() {
        hears("220 a\n");
        assertEquals(
                "no: the server took too long (after HELO)",
                text(session.failed("the server took too long")));
    }

    @Test
    void nothingOfTheConfigurationEndsALine() {
        Letterhead letterhead =
                new Letterhead("a\r\nRSET", "x@y\nBcc: z", List.of("<a>\r\nDATA", "b<c>d@e"));
        assertEquals("a  RSET", letterhead.heloName());
        assertEquals(
                List.of("Date", "From", "Subject", "X-Mailer", "To"),
                letterhead
                        .letter(new Mail("s\r\nBcc: q", "b"), DATE)
                        .lines()
                        .takeWhile(line -> !line.isEmpty())
                        .filter(line -> !line.startsWith(" "))
                        .map(line -> line.substring(0, line.indexOf(':')))
                        .toList());
        assertEquals("a", Letterhead.address(letterhead.recipients().getFirst()));
    }

    @Test
    void longTextsAreCutBetweenLetters() {
        Mail mail = new Mail("é".repeat(200), "x".repeat(600));
        assertEquals("é".repeat(127), mail.subject());
        assertEquals(511, mail.body().length());
    }
}
