package holdfast.daemon.genhash;

import java.io.PrintStream;

/// Bytes as people read them: sixteen a line, as numbers and as letters.
final class HexDump {

    private static final int LINE_BYTES = 16;
    private static final String DIGITS = "0123456789abcdef";

    private final PrintStream out;

    HexDump(PrintStream out) {
        this.out = out;
    }

    void print(byte[] bytes) {
        for (int from = 0; from < bytes.length; from += LINE_BYTES) {
            out.println(line(bytes, from));
        }
    }

    private static String line(byte[] bytes, int from) {
        StringBuilder line = new StringBuilder();
        String offset = Integer.toString(from);
        line.repeat('0', Math.max(0, 4 - offset.length())).append(offset).append("  ");
        StringBuilder letters = new StringBuilder();
        for (int i = 0; i < LINE_BYTES; i++) {
            if (i == LINE_BYTES / 2) {
                line.append("- ");
            }
            if (from + i < bytes.length) {
                int octet = bytes[from + i] & 0xff;
                line.append(DIGITS.charAt(octet >> 4)).append(DIGITS.charAt(octet & 15));
                line.append(' ');
                letters.append(octet >= ' ' && octet <= '~' ? (char) octet : '.');
            } else {
                line.append("   ");
                letters.append(' ');
            }
        }
        return line.append("  ").append(letters).toString();
    }
}
