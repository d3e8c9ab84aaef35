package holdfast.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressTest {

    @ParameterizedTest
    @CsvSource({
        "192.0.2.1, 192.0.2.1",
        "0.0.0.0, 0.0.0.0",
        "255.255.255.255, 255.255.255.255",
        "::, ::",
        "::1, ::1",
        "fe80::1, fe80::1",
        "2001:db8:0:0:1:0:0:1, 2001:db8::1:0:0:1",
        "2001:0db8:0000:0000:0001:0000:0000:0001, 2001:db8::1:0:0:1",
        "2001:db8:0:1:1:1:1:1, 2001:db8:0:1:1:1:1:1",
        "2001:db8::, 2001:db8::",
        "::ffff:192.0.2.1, ::ffff:c000:201",
        "FF02::12, ff02::12",
    })
    void literalsAreReadAndPrintedInTheirShortestForm(String text, String printed) {
        assertEquals(Optional.of(printed), IpAddress.parse(text).map(IpAddress::toString));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "1.2.3",
                "1.2.3.4.5",
                "256.0.0.1",
                "1.2.3.1000",
                "1.2.3.x",
                "1..2.3",
                " 1.2.3.4",
                ":",
                ":::",
                "1::2::3",
                "12345::",
                "g::",
                "1:2:3:4:5:6:7",
                "1:2:3:4:5:6:7:8:9",
                "1:2:3:4:5:6:7:8::",
                "::1.2.3",
                "::1.2.3.4:5",
                "fe80::1%eth0",
                "1:",
                ":1"
            })
    void whatIsNoLiteralIsNotAnAddress(String text) {
        assertEquals(Optional.empty(), IpAddress.parse(text));
    }

    @Test
    void everyAddressSurvivesPrintingAndReading() throws Exception {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(1);
        for (int i = 0; i < 20_000; i++) {
            byte[] octets = new byte[random.nextBoolean() ? 4 : 16];
            random.nextBytes(octets);
            for (int at = 0; at < octets.length; at++) {
                octets[at] =
                        random.nextInt(3) == 0 ? octets[at] : 0; // Runs of zeros are the rare case.
            }
            IpAddress address = IpAddress.of(octets);
            assertEquals(Optional.of(address), IpAddress.parse(address.toString()));
            byte[] theirs = InetAddress.getByName(address.toString()).getAddress();
            if (theirs.length == octets.length) { // The platform turns ::ffff:0:0/96 into IPv4.
                assertEquals(address, IpAddress.of(theirs), address.toString());
            }
        }
    }

    @Test
    void addressesAreOrderedAsUnsignedNumbers() {
        List<String> ordered =
                List.of(
                        "0.0.0.1",
                        "127.0.0.1",
                        "128.0.0.1",
                        "255.0.0.1",
                        "::1",
                        "7fff::",
                        "8000::");
        List<IpAddress> addresses =
                ordered.stream().map(text -> IpAddress.parse(text).orElseThrow()).toList();
        for (int i = 0; i < addresses.size(); i++) {
            for (int j = 0; j < addresses.size(); j++) {
                int compared = IpAddress.compare(addresses.get(i), addresses.get(j));
                assertEquals(Integer.signum(i - j), Integer.signum(compared), i + " " + j);
            }
        }
    }

    @Test
    void scopesAreRecognised() {
        assertTrue(IpAddress.parse("224.0.0.18").orElseThrow().isMulticast());
        assertTrue(IpAddress.parse("ff02::12").orElseThrow().isMulticast());
        assertTrue(IpAddress.parse("fe80::1").orElseThrow().isLinkLocal());
        assertTrue(IpAddress.parse("febf::1").orElseThrow().isLinkLocal());
        assertTrue(!IpAddress.parse("fec0::1").orElseThrow().isLinkLocal());
        assertTrue(IpAddress.parse("169.254.1.1").orElseThrow().isLinkLocal());
    }

    @Test
    void macAddressesSurviveTheirOctets() {
        MacAddress mac = new MacAddress(0x00005e000133L);
        assertEquals("00:00:5e:00:01:33", mac.toString());
        assertEquals(mac, MacAddress.of(mac.octets()));
    }
}
