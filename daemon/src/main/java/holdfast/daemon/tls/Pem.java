package holdfast.daemon.tls;

import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// One block of a PEM file (RFC 7468), with the header fields that old OpenSSL wrote (RFC 1421).
///
/// @param label what stands behind `BEGIN`
record Pem(String label, Map<String, String> fields, byte[] octets) {

    private static final String BEGIN = "-----BEGIN ";
    private static final String END = "-----END ";
    private static final String RULE = "-----";

    Pem {
        fields = Map.copyOf(fields);
        octets = octets.clone();
    }

    @Override
    public byte[] octets() {
        return octets.clone();
    }

    /// Says nothing of what is in it.
    @Override
    public String toString() {
        return "Pem[" + label + "]";
    }

    /// The complete blocks of a text; what stands between them is for people.
    static List<Pem> all(String text) {
        List<Pem> found = new ArrayList<>();
        List<String> lines = text.lines().map(String::strip).toList();
        int at = 0;
        while (at < lines.size()) {
            String line = lines.get(at++);
            if (!line.startsWith(BEGIN) || !line.endsWith(RULE)) {
                continue;
            }
            String label = line.substring(BEGIN.length(), line.length() - RULE.length());
            int end = lines.subList(at, lines.size()).indexOf(END + label + RULE);
            if (end < 0) {
                break;
            }
            block(label, lines.subList(at, at + end), found);
            at += end + 1;
        }
        return found;
    }

    private static void block(String label, List<String> lines, List<Pem> found) {
        Map<String, String> fields = new LinkedHashMap<>();
        StringBuilder code = new StringBuilder();
        for (String line : lines) {
            int colon = line.indexOf(':');
            if (colon > 0) {
                fields.put(line.substring(0, colon), line.substring(colon + 1).strip());
            } else {
                code.append(line);
            }
        }
        try {
            found.add(new Pem(label, fields, Base64.getDecoder().decode(code.toString())));
        } catch (IllegalArgumentException _) {
            // What is not in this code is no block.
        }
    }
}
