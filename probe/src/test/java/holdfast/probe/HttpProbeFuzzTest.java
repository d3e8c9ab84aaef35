package holdfast.probe;

import static org.junit.jupiter.api.Assertions.assertEquals;

import holdfast.net.Endpoint;
import holdfast.net.Ipv4Address;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;

/// Whatever bytes come, in whatever portions: the outcome is the same, and nothing is thrown.
class HttpProbeFuzzTest {

    private static final int INPUTS = Integer.getInteger("holdfast.fuzz", 20_000);

    private static final String CHUNKS = "2;a=b\r\nhe\r\n3\r\nllo\r\n0\r\nTrailer: x\r\n\r\n";

    private static final List<String> SEEDS =
            List.of(
                    "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello",
                    "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + CHUNKS,
                    "HTTP/1.0 200\n\nhello",
                    "HTTP/1.1 404 Not Found\r\nServer: x\r\nContent-Length: 99999999999\r\n\r\n");

    private static final String WORDS = "\r\n 0123456789abcdefHTP/:;-";

    @Test
    void portionsMakeNoDifference() {
        RandomGenerator seeds = random(1);
        for (int i = 0; i < INPUTS; i++) {
            long seed = seeds.nextLong();
            RandomGenerator random = random(seed);
            byte[] bytes = mutated(random);
            HttpSpec.Url url = url(random);
            Outcome whole = outcome(url, bytes, bytes.length, random);
            Outcome single = outcome(url, bytes, 1, random);
            Outcome mixed = outcome(url, bytes, 20, random);
            assertEquals(whole, single, "seed " + seed);
            assertEquals(whole, mixed, "seed " + seed);
        }
    }

    private static Outcome outcome(
            HttpSpec.Url url, byte[] bytes, int portion, RandomGenerator random) {
        Endpoint target = new Endpoint(Ipv4Address.of(192, 0, 2, 1), 80);
        HttpProbe probe = new HttpProbe(url, HttpSpec.Protocol.HTTP_1_1, target);
        probe.on(new ProbeInput.Connected());
        int at = 0;
        while (at < bytes.length) {
            int most = Math.min(portion, bytes.length - at);
            int count = portion >= bytes.length ? most : random.nextInt(1, most + 1);
            probe.on(new ProbeInput.Received(ByteBuffer.wrap(bytes, at, count)));
            at += count;
        }
        return switch (probe.on(new ProbeInput.Closed())) {
            case ProbeStep.Done(Outcome outcome) -> outcome;
            case ProbeStep.Wait(), ProbeStep.Send(_), ProbeStep.Farewell _ ->
                    throw new AssertionError("a closed connection says it all");
        };
    }

    private static byte[] mutated(RandomGenerator random) {
        String seed = SEEDS.get(random.nextInt(SEEDS.size()));
        StringBuilder text = new StringBuilder(seed);
        for (int i = random.nextInt(5); i > 0; i--) {
            int at = random.nextInt(text.length());
            switch (random.nextInt(4)) {
                case 0 -> text.setCharAt(at, (char) random.nextInt(256));
                case 1 -> text.insert(at, WORDS.charAt(random.nextInt(WORDS.length())));
                case 2 -> text.delete(at, Math.min(text.length() - 1, at + random.nextInt(4)));
                default -> text.insert(at, text.substring(at));
            }
        }
        return text.toString().getBytes(StandardCharsets.ISO_8859_1);
    }

    private static HttpSpec.Url url(RandomGenerator random) {
        BitSet codes = new BitSet();
        codes.set(200, random.nextBoolean() ? 300 : 600);
        Optional<String> digest =
                random.nextBoolean()
                        ? Optional.of("5d41402abc4b2a76b9719d911017c592")
                        : Optional.empty();
        Optional<HttpSpec.BodyMatch> match =
                random.nextBoolean()
                        ? Optional.of(HttpSpec.BodyMatch.of("h(e|l)+o", random.nextBoolean()))
                        : Optional.empty();
        return new HttpSpec.Url("/", Optional.empty(), codes, digest, match);
    }

    private static RandomGenerator random(long seed) {
        return RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    }
}
