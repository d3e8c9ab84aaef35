package holdfast.config;

import holdfast.net.IpAddress;
import holdfast.vrrp.NodeSpec;
import holdfast.vrrp.VrrpSpec;
import java.util.List;
import java.util.Optional;

/// Binds `lvs_sync_daemon`, and the old way to say it in an instance.
final class SyncDaemonBinder {

    private static final String KEYWORD = "lvs_sync_daemon";
    private static final int ID_MAX = 255;
    private static final int BYTES_MAX = 65507;
    private static final int PORT_MAX = 65535;
    private static final int TTL_MAX = 255;

    private final Context context;
    private Optional<String> instance = Optional.empty();
    private Optional<Word> place = Optional.empty();
    private Optional<Integer> id = Optional.empty();
    private int maxBytes;
    private int port;
    private int ttl;
    private Optional<IpAddress> group = Optional.empty();

    SyncDaemonBinder(Context context) {
        this.context = context;
    }

    Optional<SyncDaemonSpec> bind(Section root, NodeSpec vrrp) {
        Optional<String> interfaceName = Optional.empty();
        for (Entry entry : context.globals().all(KEYWORD)) {
            if (isFirst(entry, interfaceName)) {
                interfaceName = Optional.of(entry.text());
                options(entry);
            }
        }
        for (Entry block : root.all("vrrp_instance")) {
            for (Entry entry : block.inner().all(KEYWORD)) {
                if (isFirst(entry, interfaceName)) {
                    interfaceName = Optional.of(entry.text());
                    instance = Optional.of(block.text());
                }
            }
        }
        if (isOrphan(vrrp)) {
            return Optional.empty();
        }
        return interfaceName.map(
                name ->
                        new SyncDaemonSpec(
                                name,
                                instance,
                                id.or(() -> routerId(vrrp)).orElse(0),
                                maxBytes,
                                port,
                                ttl,
                                group));
    }

    /// Whether the router that it should follow is not there.
    private boolean isOrphan(NodeSpec vrrp) {
        if (place.isEmpty() || routerId(vrrp).isPresent()) {
            return false;
        }
        context.findings()
                .unusable(
                        place.get(),
                        "there is no vrrp_instance '%s'; the sync daemon is not started"
                                .formatted(place.get().text()));
        return true;
    }

    private boolean isFirst(Entry entry, Optional<String> before) {
        if (before.isPresent()) {
            context.findings()
                    .error(entry.at(), "there is a sync daemon on '" + before.get() + "' already");
        }
        return before.isEmpty();
    }

    private Optional<Integer> routerId(NodeSpec vrrp) {
        return vrrp.instances().stream()
                .filter(one -> instance.equals(Optional.of(one.name())))
                .map(VrrpSpec::vrid)
                .findFirst();
    }

    private void options(Entry entry) {
        List<Word> words = entry.words();
        for (int i = 1; i < words.size(); i++) {
            Word option = words.get(i);
            if (!takesValue(option)) {
                positional(i, option);
            } else if (i + 1 < words.size()) {
                i++;
                option(option, words.get(i));
            } else {
                context.findings().missing(option, "'" + option.text() + "' needs a value");
            }
        }
    }

    private static boolean takesValue(Word option) {
        return switch (option.text()) {
            case "inst", "id", "maxlen", "port", "ttl", "group" -> true;
            default -> false;
        };
    }

    /// As it was written before options had names: an instance, and a number behind it.
    private void positional(int index, Word word) {
        if (index == 1) {
            instance = Optional.of(word.text());
            place = Optional.of(word);
        } else if (index == 2 && instance.isPresent() && isNumber(word)) {
            context.findings().deprecated(word, "write 'id' before the number");
            id = number(word, 0, ID_MAX);
        } else {
            context.findings().error(word, "'" + KEYWORD + "' has no '" + word.text() + "'");
        }
    }

    private static boolean isNumber(Word word) {
        return Scalars.integer(word.text(), 0, Long.MAX_VALUE).value().isPresent();
    }

    private void option(Word option, Word value) {
        switch (option.text()) {
            case "inst" -> {
                instance = Optional.of(value.text());
                place = Optional.of(value);
            }
            case "id" -> id = number(value, 0, ID_MAX);
            case "maxlen" -> maxBytes = number(value, 1, BYTES_MAX).orElse(0);
            case "port" -> port = number(value, 1, PORT_MAX).orElse(0);
            case "ttl" -> ttl = number(value, 1, TTL_MAX).orElse(0);
            default -> group = group(value);
        }
    }

    private Optional<Integer> number(Word word, int min, int max) {
        return good(word, Scalars.integer(word.text(), min, max)).map(Context::toInt);
    }

    private Optional<IpAddress> group(Word word) {
        Optional<IpAddress> address = good(word, Scalars.address(word.text()));
        if (address.isPresent() && !address.get().isMulticast()) {
            context.findings().error(word, "'" + word.text() + "' is not a multicast address");
            return Optional.empty();
        }
        return address;
    }

    private <T> Optional<T> good(Word word, Scalar<T> read) {
        read.complaint().ifPresent(complaint -> context.findings().error(word, complaint));
        return read.value();
    }
}
