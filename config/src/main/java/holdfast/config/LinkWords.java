package holdfast.config;

import holdfast.net.IpPrefix;
import holdfast.net.MacAddress;
import holdfast.vrrp.VirtualLink.Mode;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Reads what stands behind `use_vmac` and `use_ipvlan`: words in any order, each kind once.
final class LinkWords {

    private static final List<String> MODES = List.of("bridge", "private", "vepa");
    private static final int MULTICAST_BIT = 1;
    private static final long STANDARD_MAC = 0x0000_5e00_0000L;
    private static final long STANDARD_MASK = 0xffff_ff00_0000L;

    private final Context context;
    private final Entry entry;
    private final boolean vmac;

    private Optional<Word> name = Optional.empty();
    private Optional<Word> address = Optional.empty();
    private Optional<Word> mode = Optional.empty();
    private Optional<Integer> group = Optional.empty();
    private boolean touchesBase;

    /// @param entry of either keyword
    LinkWords(Context context, Entry entry) {
        this.context = context;
        this.entry = entry;
        this.vmac = entry.name().equals("use_vmac");
        read(entry.words());
    }

    private void read(List<Word> words) {
        for (int i = 0; i < words.size(); i++) {
            Word word = words.get(i);
            String text = word.text();
            boolean more = i + 1 < words.size();
            if (text.equals("name") && more) {
                i++;
                name = once(name, words.get(i));
            } else if (text.equals("group") && more) {
                i++;
                group = group(words.get(i));
            } else if (vmac && text.equals("netlink_notify_msg")) {
                touchesBase = true;
            } else if (!vmac && MODES.contains(text)) {
                mode = once(mode, word);
            } else if (isAddress(text)) {
                address = once(address, word);
            } else {
                name = once(name, word);
            }
        }
        name.filter(word -> Scalars.interfaceName(word.text()).value().isEmpty())
                .ifPresent(this::refuseName);
    }

    /// No interface has a colon in its name, and an address of either layer has one or is IPv4.
    private boolean isAddress(String text) {
        return text.indexOf(':') >= 0 || !vmac && Scalars.prefix(text).value().isPresent();
    }

    private void refuseName(Word word) {
        context.findings()
                .error(word, Scalars.interfaceName(word.text()).complaint().orElse("not a name"));
        name = Optional.empty();
    }

    private Optional<Word> once(Optional<Word> before, Word word) {
        if (before.isEmpty()) {
            return Optional.of(word);
        }
        context.findings().error(word, "'" + before.get().text() + "' stands here already");
        return before;
    }

    private Optional<Integer> group(Word word) {
        Optional<Integer> found =
                Scalars.integerOfAnyBase(word.text(), 0, Integer.MAX_VALUE)
                        .value()
                        .map(Context::toInt)
                        .or(() -> context.host().interfaceGroup(word.text()));
        if (found.isEmpty()) {
            context.findings().error(word, "there is no group of interfaces of this name");
        }
        return found;
    }

    boolean isVmac() {
        return vmac;
    }

    Word at() {
        return entry.at();
    }

    Optional<Word> name() {
        return name;
    }

    /// The number of a group of interfaces.
    Optional<Integer> group() {
        return group;
    }

    boolean touchesBase() {
        return touchesBase;
    }

    Mode mode() {
        return mode.map(word -> Mode.valueOf(word.text().toUpperCase(Locale.ROOT)))
                .orElse(Mode.BRIDGE);
    }

    /// The address of an IPVLAN.
    Optional<IpPrefix> address() {
        if (address.isEmpty()) {
            return Optional.empty();
        }
        Scalar<IpPrefix> read = Scalars.prefix(address.get().text());
        read.complaint().ifPresent(words -> context.findings().error(address.get(), words));
        return read.value();
    }

    /// The MAC address of a VMAC. Of five octets, `vrid` is the sixth.
    Optional<MacAddress> mac(int vrid) {
        if (address.isEmpty()) {
            return Optional.empty();
        }
        Optional<MacAddress> read = octets(address.get().text(), vrid);
        if (read.isEmpty()) {
            context.findings()
                    .error(address.get(), "expected a MAC address of six octets, or of five");
            return Optional.empty();
        }
        long bits = read.get().bits();
        boolean standard = (bits & STANDARD_MASK) == STANDARD_MAC;
        boolean routers = standard && ((bits >>> 8 & 0xffff) == 1 || (bits >>> 8 & 0xffff) == 2);
        if ((bits >>> 40 & MULTICAST_BIT) != 0 || routers) {
            context.findings()
                    .error(
                            address.get(),
                            routers
                                    ? "this MAC address is another virtual router's"
                                    : "this is a MAC address of a group");
            return Optional.empty();
        }
        return read;
    }

    private static Optional<MacAddress> octets(String text, int vrid) {
        String[] parts = text.split(":", -1);
        int count = parts.length;
        if (count == MacAddress.BYTES && parts[count - 1].isEmpty()) {
            count--; // A colon behind the fifth.
        }
        if (count != MacAddress.BYTES && count != MacAddress.BYTES - 1) {
            return Optional.empty();
        }
        long bits = 0;
        for (int i = 0; i < count; i++) {
            int octet = octet(parts[i]);
            if (octet < 0) {
                return Optional.empty();
            }
            bits = bits << 8 | octet;
        }
        return Optional.of(new MacAddress(count == MacAddress.BYTES ? bits : bits << 8 | vrid));
    }

    private static int octet(String text) {
        if (text.isEmpty() || text.length() > 2) {
            return -1;
        }
        int value = 0;
        for (int i = 0; i < text.length(); i++) {
            int digit = Character.digit(text.charAt(i), 16);
            if (digit < 0) {
                return -1;
            }
            value = value << 4 | digit;
        }
        return value;
    }
}
