package holdfast.daemon.genhash;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What genhash prints, against a server that says what it is told to.
class GenhashTest {

    /// @param output what it printed, errors behind a line of dashes
    private record Told(int status, String output) {}

    private static Told genhash(List<String> words) {
        var out = new ByteArrayOutputStream();
        var err = new ByteArrayOutputStream();
        int status = Genhash.run("genhash", words, new PrintStream(out), new PrintStream(err));
        String errors = err.toString(StandardCharsets.UTF_8);
        return new Told(
                status,
                out.toString(StandardCharsets.UTF_8) + (errors.isEmpty() ? "" : "---\n" + errors));
    }

    private static Told of(String answer, String... more) throws IOException {
        try (var listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Thread.ofVirtual().start(() -> answer(listener, answer));
            List<String> words = new ArrayList<>(List.of("-s", "127.0.0.1", "-u", "/x"));
            words.addAll(List.of("-p", Integer.toString(listener.getLocalPort())));
            words.addAll(List.of(more));
            return genhash(words);
        }
    }

    private static void answer(ServerSocket listener, String answer) {
        try (Socket socket = listener.accept()) {
            byte[] asked = new byte[4096];
            int count = socket.getInputStream().read(asked);
            String request = new String(asked, 0, count, StandardCharsets.US_ASCII);
            socket.getOutputStream()
                    .write(answer.replace("ASKED", request).getBytes(StandardCharsets.UTF_8));
        } catch (IOException _) {
            // The client says what it makes of it.
        }
    }

    @ParameterizedTest
    @CsvSource({
        "HTTP/1.0 200 OK||hello,                       5d41402abc4b2a76b9719d911017c592",
        "HTTP/1.0 404 No||hello,                       5d41402abc4b2a76b9719d911017c592",
        "HTTP/1.0 200 OK|Content-Length: 5||hello!,    5d41402abc4b2a76b9719d911017c592",
        "HTTP/1.0 200 OK|Content-Length: 50||hello,    5d41402abc4b2a76b9719d911017c592",
        "garbage||hello,                               5d41402abc4b2a76b9719d911017c592",
        "HTTP/1.0 200 OK||,                            d41d8cd98f00b204e9800998ecf8427e",
        "HTTP/1.1 200 OK|Transfer-Encoding: chunked||5|hello|0||, "
                + "5d41402abc4b2a76b9719d911017c592",
    })
    void theDigestIsThatOfTheBody(String answer, String digest) throws IOException {
        assertEquals(new Told(0, digest + "\n"), of(answer.replace("|", "\r\n")));
    }

    @Test
    void verbosityShowsTheAnswer() throws IOException {
        String told = of("HTTP/1.0 200 OK\r\n\r\nhello", "-v").output();
        int end = told.indexOf("\nGlobal response time for [/x] = ");
        assertTrue(end > 0 && told.endsWith(" usecs\n"), told);
        assertEquals(
                """
                -----------------------[    HTTP Header Buffer    ]-----------------------
                0000  48 54 54 50 2f 31 2e 30 - 20 32 30 30 20 4f 4b 0d   HTTP/1.0 200 OK.
                0016  0a 0d 0a                -                           ...%13s
                -----------------------[ HTTP Header Ascii Buffer ]-----------------------
                HTTP/1.0 200 OK\r
                \r

                -----------------------[        HTML Buffer        ]-----------------------
                0000  68 65 6c 6c 6f          -                           hello%11s

                -----------------------[    HTML hash resulting    ]-----------------------
                0000  5d 41 40 2a bc 4b 2a 76 - b9 71 9d 91 10 17 c5 92   ]A@*.K*v.q......
                -----------------------[ HTML hash final resulting ]-----------------------
                5d41402abc4b2a76b9719d911017c592
                """
                        .formatted("", ""),
                told.substring(0, end));
    }

    @Test
    void requestIsThatOfACheck() throws IOException {
        String told = of("HTTP/1.0 200 OK\r\n\r\nASKED", "-v", "-V", "www", "-P", "1.0C").output();
        assertTrue(told.contains("0000  47 45 54 20 2f 78 20 48 - 54 54 50 2f 31 2e 30 0d"), told);
        String plain = of("ASKED", "-v", "-Vwww", "--proto=1.1").output();
        String asked = "GET /x HTTP/1.1|User-Agent: KeepAliveClient|Connection: close|Host: www||";
        assertTrue(plain.contains(asked.replace("|", "\r\n")), plain);
    }

    @Test
    void serverThatSaysNothingIsNoFailureOfOurs() throws IOException {
        assertEquals(new Told(0, "---\nno data received from remote webserver\n"), of(""));
    }

    @Test
    void closedPortIsNoFailureOfOurs() throws IOException {
        int port;
        try (var listener = new ServerSocket(0)) {
            port = listener.getLocalPort();
        }
        List<String> words = List.of("-s127.0.0.1", "-u/", "-p" + port);
        assertEquals(new Told(0, "Connection failed\n---\nconnection refused\n"), genhash(words));
    }

    @ParameterizedTest
    @CsvSource({
        "-s localhost -p 80 -u /,      'server should be an IP, not localhost\n'",
        "-s ::1 -p 0 -u /,             'invalid port number ''0''\n'",
        "-s ::1 -p 99999 -u /,         'invalid port number ''99999''\n'",
        "-s ::1 -p 80 -u / -P 2,       'invalid HTTP protocol version ''2''\n'",
        "-s ::1 -p 80 -u / -t 0.5,     'invalid timeout ''0.5''\n'",
        "-s ::1 -p 80 -u / -m -1,      'invalid fwmark ''-1''\n'",
        "-s ::1 -p 80 -u / -x,         'Unknown option -x\n'",
        "-s ::1 -p 80 -u / --nonsense, 'Unknown option --nonsense\n'",
        "-s ::1 -p 80 -u / --use,      'Unknown option --use\n'",
        "-s ::1 -p 80 -u / -P,         'Missing parameter for option -P\n'",
        "-s ::1 -p 80 -u / extra,      'Unexpected argument(s): extra\n'",
        "-s ::1 -p 80,                 ''",
        "-S -u / -p 80,                ''",
        "-s ::1 -u /,                  ''",
        "-h,                           ''",
    })
    void misuseIsSaidAndEndsWithOne(String line, String complaint) {
        Told told = genhash(List.of(line.split(" ")));
        assertEquals(1, told.status());
        assertTrue(
                told.output().startsWith("---\n" + complaint + "Usage: genhash COMMAND"),
                told.output());
    }
}
