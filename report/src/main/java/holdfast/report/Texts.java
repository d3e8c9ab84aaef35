package holdfast.report;

import holdfast.script.ScriptSpec;
import holdfast.vrrp.VirtualAddress;
import java.util.stream.Collectors;

/// Things of the configuration as dumps print them.
final class Texts {

    private Texts() {}

    /// Each word in single quotes.
    static String quoted(ScriptSpec script) {
        return script.argv().stream()
                .map(word -> "'" + word + "'")
                .collect(Collectors.joining(" "));
    }

    /// `192.0.2.10/24 dev eth0 scope global set`.
    static String address(VirtualAddress address, boolean set) {
        StringBuilder out = new StringBuilder();
        out.append(address.prefix());
        address.peer().ifPresent(peer -> out.append(" peer ").append(peer));
        address.broadcast().ifPresent(broadcast -> out.append(" brd ").append(broadcast));
        out.append(" dev ").append(address.interfaceName());
        out.append(" scope ").append(scope(address.scope()));
        address.label().ifPresent(label -> out.append(" label ").append(label));
        return out.append(set ? " set" : "").toString();
    }

    /// The name of rtnetlink(7) for a scope, or its number.
    private static String scope(int scope) {
        return switch (scope) {
            case 0 -> "global";
            case 200 -> "site";
            case 253 -> "link";
            case 254 -> "host";
            case 255 -> "nowhere";
            default -> Integer.toString(scope);
        };
    }

    static String yesNo(boolean value) {
        return value ? "yes" : "no";
    }
}
