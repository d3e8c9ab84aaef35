package holdfast.probe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import holdfast.net.Family;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;

/// Whatever servers of mail, names and echoes say: nothing is thrown, and all checks end.
class ProbesFuzzTest {

    private static final int INPUTS = Integer.getInteger("holdfast.fuzz", 20_000);

    private static final List<String> TALKS =
            List.of(
                    "220 mail ESMTP\r\n250 hello\r\n221 bye\r\n",
                    "220-mail\r\n220-is\r\n220 here\r\n250-a\r\n250 b\r\n221 bye\r\n",
                    "220 a\n250 b\n221 c\n",
                    "554 no\r\n");

    private static final String LETTERS = "\r\n 0123456789-";

    @Test
    void portionsOfATalkMakeNoDifference() {
        RandomGenerator seeds = random(1);
        for (int i = 0; i < INPUTS; i++) {
            long seed = seeds.nextLong();
            RandomGenerator random = random(seed);
            byte[] talk = mutated(random);
            Outcome whole = outcome(talk, talk.length, random);
            assertEquals(whole, outcome(talk, 1, random), "seed " + seed);
            assertEquals(whole, outcome(talk, 9, random), "seed " + seed);
        }
    }

    private static Outcome outcome(byte[] talk, int portion, RandomGenerator random) {
        SmtpProbe probe = new SmtpProbe("lb1");
        probe.on(new ProbeInput.Connected());
        int at = 0;
        while (at < talk.length) {
            int count = random.nextInt(1, Math.min(portion, talk.length - at) + 1);
            probe.on(new ProbeInput.Received(ByteBuffer.wrap(talk, at, count)));
            at += count;
        }
        return ended(probe.on(new ProbeInput.Closed()));
    }

    private static Outcome ended(ProbeStep step) {
        return assertInstanceOf(ProbeStep.Done.class, step).outcome();
    }

    private static byte[] mutated(RandomGenerator random) {
        StringBuilder text = new StringBuilder(TALKS.get(random.nextInt(TALKS.size())));
        for (int i = random.nextInt(4); i > 0; i--) {
            int at = random.nextInt(text.length());
            switch (random.nextInt(4)) {
                case 0 -> text.setCharAt(at, (char) random.nextInt(256));
                case 1 -> text.insert(at, LETTERS.charAt(random.nextInt(LETTERS.length())));
                case 2 -> text.delete(at, Math.min(text.length() - 1, at + random.nextInt(4)));
                default -> text.insert(at, text.substring(at));
            }
        }
        return text.toString().getBytes(StandardCharsets.ISO_8859_1);
    }

    @Test
    void datagramsMayHoldAnything() {
        RandomGenerator seeds = random(2);
        for (int i = 0; i < INPUTS; i++) {
            long seed = seeds.nextLong();
            RandomGenerator random = random(seed);
            Probe probe = probe(random);
            ByteBuffer sent =
                    assertInstanceOf(ProbeStep.Send.class, probe.on(new ProbeInput.Connected()))
                            .bytes();
            ProbeStep step = new ProbeStep.Wait();
            for (int heard = random.nextInt(4); heard > 0; heard--) {
                step = probe.on(new ProbeInput.Received(answer(sent, random)));
            }
            Outcome last = ended(probe.on(new ProbeInput.TimedOut()));
            if (step instanceof ProbeStep.Done(Outcome outcome)) {
                assertEquals(outcome, last, "seed " + seed);
            }
        }
    }

    private static Probe probe(RandomGenerator random) {
        Family family = random.nextBoolean() ? Family.INET : Family.INET6;
        PingProbe.Mark mark = new PingProbe.Mark(random.nextInt(), random.nextLong());
        return switch (random.nextInt(4)) {
            case 0 -> new DnsProbe(new DnsSpec("a.b", DnsSpec.Type.A), random.nextInt());
            case 1 -> new UdpProbe(new UdpSpec("0123", random.nextBoolean(), "0x", 1, 40));
            case 2 -> new PingProbe(family, PingProbe.Hearing.OWN_REPLIES, mark);
            default -> new PingProbe(family, PingProbe.Hearing.EVERYTHING, mark);
        };
    }

    /// Something, or what was sent with changes.
    private static ByteBuffer answer(ByteBuffer sent, RandomGenerator random) {
        byte[] octets = new byte[random.nextInt(80)];
        random.nextBytes(octets);
        if (random.nextBoolean()) {
            octets = new byte[random.nextInt(sent.remaining() + 1)];
            sent.get(sent.position(), octets);
            for (int i = random.nextInt(4); i > 0 && octets.length > 0; i--) {
                octets[random.nextInt(octets.length)] = (byte) random.nextInt(256);
            }
        }
        return ByteBuffer.wrap(octets);
    }

    private static RandomGenerator random(long seed) {
        return RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    }
}
