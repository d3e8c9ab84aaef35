package holdfast.config;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class ScalarsTest {

    private static final Duration DAY = Duration.ofDays(1);

    @Test
    void booleansAreLowerCaseWords() {
        assertReads("true", Scalars.bool("yes"));
        assertReads("false", Scalars.bool("off"));
        assertReads("! 'Yes' is neither on nor off", Scalars.bool("Yes"));
    }

    @Test
    void integersAreWholeDecimalAndInRange() {
        assertReads("255", Scalars.integer("255", 1, 255));
        assertReads("10", Scalars.integer("010", 1, 255));
        assertReads("7", Scalars.integer(" 7", 1, 255));
        assertReads("! 256 is not from 1 to 255", Scalars.integer("256", 1, 255));
        assertReads("! -1 is not from 1 to 255", Scalars.integer("-1", 1, 255));
        assertReads("! '100x' has more than a number in it", Scalars.integer("100x", 1, 255));
        assertReads("! 'fast' is not a number", Scalars.integer("fast", 1, 255));
        assertReads("! '' is not a number", Scalars.integer("", 1, 255));
        assertReads(
                "! 99999999999999999999 is not from 0 to 9",
                Scalars.integer("99999999999999999999", 0, 9));
        assertReads("! '٣' is not a number", Scalars.integer("٣", 1, 255));
    }

    @Test
    void someNumbersTakeTheirBaseFromAPrefix() {
        assertReads("31", Scalars.integerOfAnyBase("0x1f", 0, 255));
        assertReads("15", Scalars.integerOfAnyBase("017", 0, 255));
        assertReads("0", Scalars.integerOfAnyBase("0", 0, 255));
        assertReads("-16", Scalars.integerOfAnyBase("-0x10", -255, 255));
        assertReads("! '0x' has more than a number in it", Scalars.integerOfAnyBase("0x", 0, 9));
        assertReads(
                "! '0x-5' has more than a number in it", Scalars.integerOfAnyBase("0x-5", 0, 9));
        assertReads("! '--5' is not a number", Scalars.integerOfAnyBase("--5", -9, 9));
    }

    @Test
    void secondsHaveDecimals() {
        assertReads("PT0.5S", seconds(".5"));
        assertReads("PT5S", seconds("5."));
        assertReads("PT1.000001S", seconds("1.000001"));
        assertReads("PT1S", seconds("1.0000000"));
        assertReads(
                "PT1.000002S ! 1.0000015 has more than 6 decimals; 1.000002 is used",
                seconds("1.0000015"));
        assertReads("! '1e3' has more than a number in it", seconds("1e3"));
        assertReads("! '.' is not a number", seconds("."));
        assertReads("! 0.001 is not from 0.01 to 86400", seconds("0.001"));
        assertReads("! -1 is not from 0.01 to 86400", seconds("-1"));
        assertReads("PT0.0015S", Scalars.milliseconds("1.5", 3, Duration.ZERO, DAY));
    }

    @Test
    void addressesAreLiterals() {
        assertReads("192.0.2.1", Scalars.address("192.0.2.1"));
        assertReads("2001:db8::1", Scalars.address("2001:db8::1"));
        assertReads("! 'router' is not an IP address", Scalars.address("router"));
        assertReads("192.0.2.7/24", Scalars.prefix("192.0.2.7/24"));
        assertReads("192.0.2.7/32", Scalars.prefix("192.0.2.7"));
        assertReads(
                "! '33' is not a prefix length of an IPv4 address", Scalars.prefix("192.0.2.7/33"));
        assertReads(
                "! '10.0.0/8' is not an IP address".replace("/8", ""), Scalars.prefix("10.0.0/8"));
    }

    @Test
    void portsAndInterfacesHaveLimits() {
        assertReads("65535", Scalars.port("65535"));
        assertReads("! '0' is not a port (1 to 65535)", Scalars.port("0"));
        assertReads("eth0.100@x", Scalars.interfaceName("eth0.100@x"));
        assertReads(
                "! interface name 'abcdefghijklmnop' is longer than 15 letters",
                Scalars.interfaceName("abcdefghijklmnop"));
        assertReads("! 'a/b' cannot be the name of an interface", Scalars.interfaceName("a/b"));
    }

    private static Scalar<Duration> seconds(String text) {
        return Scalars.seconds(text, 6, Duration.ofMillis(10), DAY);
    }

    private static void assertReads(String expected, Scalar<?> read) {
        String value = read.value().map(Object::toString).orElse("");
        String complaint = read.complaint().map(words -> " ! " + words).orElse("");
        assertEquals(expected, (value + complaint).strip());
    }
}
