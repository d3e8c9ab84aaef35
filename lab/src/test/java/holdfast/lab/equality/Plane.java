package holdfast.lab.equality;

import holdfast.lab.Host;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// What the kernel holds: services as `ipvsadm -S` writes them, each with its rows in the order of
/// the kernel and with their thresholds. Immutable.
record Plane(Map<String, List<String>> services) {

    private static final Map<String, String> LETTERS =
            Map.of("TCP", "-t", "UDP", "-u", "SCTP", "--sctp-service", "FWM", "-f");

    static Plane of(Host host) {
        Map<String, List<String>> found = new TreeMap<>();
        Map<String, Map<String, String>> rows = new HashMap<>();
        host.run("ipvsadm", "-Sn").lines().forEach(line -> take(line, found, rows));
        String name = "";
        for (String line : host.run("ipvsadm", "-Ln", "--thresholds", "--nosort").split("\n")) {
            String[] words = line.strip().split(" +");
            if (words[0].equals("->") && words.length == 6) {
                String limits =
                        words[2].equals("0") && words[3].equals("0")
                                ? ""
                                : " -x " + words[2] + " -y " + words[3];
                String row = rows.getOrDefault(name, Map.of()).get(words[1]);
                for (Map.Entry<String, List<String>> service : found.entrySet()) {
                    if (nameOf(service.getKey()).equals(name)) {
                        service.getValue().add(row + limits);
                    }
                }
            } else if (LETTERS.containsKey(words[0])) {
                boolean six = words.length > 2 && words[2].equals("IPv6");
                name = LETTERS.get(words[0]) + " " + words[1] + (six ? " -6" : "");
            }
        }
        return new Plane(found);
    }

    private static void take(
            String line, Map<String, List<String>> found, Map<String, Map<String, String>> rows) {
        String rest = line.substring(3);
        if (line.startsWith("-A ")) {
            found.put(rest, new ArrayList<>());
        } else {
            int cut = rest.indexOf(" -r ");
            String row = rest.substring(cut + 4);
            rows.computeIfAbsent(rest.substring(0, cut), _ -> new HashMap<>())
                    .put(row.substring(0, row.indexOf(' ')), row);
        }
    }

    /// `-t 10.0.0.1:80`, `-f 7`, `-f 7 -6`.
    private static String nameOf(String service) {
        String[] words = service.split(" ");
        boolean six = words.length > 2 && words[2].equals("-6");
        return words[0] + " " + words[1] + (six ? " -6" : "");
    }

    /// The part of one shape, a line each.
    List<String> of(Shape shape) {
        List<String> lines = new ArrayList<>();
        services.forEach(
                (service, rows) -> {
                    if (shape.owns(service)) {
                        lines.add(service);
                        rows.forEach(row -> lines.add("  " + row));
                    }
                });
        return lines;
    }
}
