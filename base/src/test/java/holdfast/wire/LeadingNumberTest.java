package holdfast.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LeadingNumberTest {

    @ParameterizedTest
    @CsvSource(
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "'',0",
                "' ',0",
                "7,7",
                "'\t\n 42\n',42",
                "-5,-5",
                "+5,5",
                "- 5,0",
                "12abc,12",
                "abc,0",
                "0x1F,31",
                "0X1g,1",
                "-0x10,-16",
                "0x,0",
                "0xg,0",
                "010,8",
                "08,0",
                "0,0",
                "1_000,1",
                "2147483647,2147483647",
                "2147483648,2147483647",
                "-2147483648,-2147483648",
                "-99999999999999999999,-2147483648",
                "99999999999999999999999999,2147483647",
                "٣,0"
            })
    void isReadAsStrtolReadsIt(String text, int number) {
        assertEquals(number, LeadingNumber.of(text));
    }
}
