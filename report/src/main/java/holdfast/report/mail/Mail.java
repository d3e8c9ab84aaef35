package holdfast.report.mail;

import java.nio.charset.StandardCharsets;

/// What is said about one fact. Too long texts are cut, and the subject is one line.
public record Mail(String subject, String body) {

    static final int SUBJECT_BYTES_MAX = 255;
    static final int BODY_BYTES_MAX = 511;

    public Mail {
        subject = cut(oneLine(subject), SUBJECT_BYTES_MAX);
        body = cut(body, BODY_BYTES_MAX);
    }

    /// Nothing that could end a header or a command.
    static String oneLine(String text) {
        StringBuilder out = new StringBuilder(text.length());
        text.codePoints()
                .map(letter -> Character.isISOControl(letter) ? ' ' : letter)
                .forEach(out::appendCodePoint);
        return out.toString();
    }

    private static String cut(String text, int bytesMax) {
        String cut = text;
        while (cut.getBytes(StandardCharsets.UTF_8).length > bytesMax) {
            cut = cut.substring(0, cut.offsetByCodePoints(cut.length(), -1));
        }
        return cut;
    }
}
