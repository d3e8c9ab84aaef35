package holdfast.probe;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Conversations with mail servers: what they say, and what comes of it.
class SmtpProbeTest {

    private static String play(SmtpProbe probe, String says) {
        byte[] bytes = says.replace("|", "\r\n").getBytes(StandardCharsets.ISO_8859_1);
        return words(probe.on(new ProbeInput.Received(ByteBuffer.wrap(bytes))));
    }

    private static String words(ProbeStep step) {
        return switch (step) {
            case ProbeStep.Send(var bytes) -> StandardCharsets.UTF_8.decode(bytes).toString();
            case ProbeStep.Wait() -> "wait";
            case ProbeStep.Farewell _ -> "farewell";
            case ProbeStep.Done(Outcome.Passed _) -> "passed";
            case ProbeStep.Done(Outcome.Failed(String reason)) -> reason;
            case ProbeStep.Done(Outcome.NotMade(String reason)) -> "not made: " + reason;
        };
    }

    private static SmtpProbe connected() {
        SmtpProbe probe = new SmtpProbe("lb1.example");
        probe.on(new ProbeInput.Connected());
        return probe;
    }

    @Test
    void aServerThatSaysGoodbyeIsWell() {
        SmtpProbe probe = connected();
        assertEquals("HELO lb1.example\r\n", play(probe, "220 mail ESMTP|"));
        assertEquals("QUIT\r\n", play(probe, "250 hello|"));
        assertEquals("passed", play(probe, "221 bye|"));
        assertEquals("passed", play(probe, "500 what|"), "what was said counts");
    }

    @Test
    void repliesMayHaveManyLinesAndComeInPieces() {
        SmtpProbe probe = connected();
        assertEquals("wait", play(probe, "220-mail|22"));
        assertEquals("wait", play(probe, "0-speaks ESMTP|"));
        assertEquals("HELO lb1.example\r\n", play(probe, "220|"));
        assertEquals("wait", play(probe, "250-a|250-b|"));
        assertEquals("QUIT\r\n", play(probe, "250 c|"));
        assertEquals("passed", play(probe, "the last words are free|"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "554 no|;               the server greets with 554",
                "421 later|;            the server greets with 421",
                "SSH-2.0-OpenSSH|;      the server does not speak SMTP",
                "|;                     the server does not speak SMTP",
                "22|;                   the server does not speak SMTP",
                "2200 x|;               the server does not speak SMTP",
                "220 a|500 b|;          HELO was answered with 500",
                "220 a|251 b|;          HELO was answered with 251",
                "220 a|250 b|221 c|;    passed",
            })
    void answersDecide(String says, String outcome) {
        assertEquals(outcome, play(connected(), says));
    }

    @Test
    void talkersAreCutOff() {
        assertEquals(
                "a line of more than 2048 bytes", play(connected(), "220 " + "x".repeat(3000)));
        assertEquals("a reply of more than 100 lines", play(connected(), "220-x|".repeat(200)));
    }

    @Test
    void silenceAndPartingFailWithTheirPlace() {
        assertEquals("connection timed out", words(new SmtpProbe("x").on(late())));
        assertEquals("no greeting in time", words(connected().on(late())));
        assertEquals(
                "connection closed before the greeting",
                words(connected().on(new ProbeInput.Closed())));
        SmtpProbe greeted = connected();
        play(greeted, "220 a|");
        assertEquals("no answer to HELO in time", words(greeted.on(late())));
        SmtpProbe leaving = connected();
        play(leaving, "220 a|250 b|");
        assertEquals(
                "connection closed before QUIT was answered",
                words(leaving.on(new ProbeInput.Closed())));
        assertEquals(
                "connection reset by the peer",
                words(connected().on(new ProbeInput.Failed("connection reset by the peer"))));
    }

    private static ProbeInput late() {
        return new ProbeInput.TimedOut();
    }
}
