package holdfast.config;

import holdfast.vrrp.Authentication;
import holdfast.vrrp.Version;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Binds how adverts are authenticated. A password is never repeated in a complaint.
final class AuthenticationBinder {

    private static final int PASSWORD_BYTES = 8;
    private static final int KEY_BYTES_MIN = 32;
    private static final int KEY_BYTES_MAX = 64;

    private final Context context;

    AuthenticationBinder(Context context) {
        this.context = context;
    }

    /// Empty if the instance asks for what cannot be done, since doing less would be no protection.
    Optional<Authentication> bind(Section block, Version version, boolean strict) {
        Optional<Entry> hmac = block.last("auth_hmac");
        Optional<Entry> plain = block.last("authentication");
        if (hmac.isPresent() && hmacIsGood(hmac.get())) {
            context.findings()
                    .unusable(
                            hmac.get().at(), "not usable yet: auth_hmac; the instance is left out");
            return Optional.empty();
        }
        if (plain.isEmpty()) {
            return Optional.of(new Authentication.None());
        }
        if (version == Version.V3 || strict) {
            context.findings()
                    .warning(
                            plain.get().at(),
                            version == Version.V3
                                    ? "version 3 has no authentication; it is ignored"
                                    : "strict mode has no authentication; it is ignored");
            return Optional.of(new Authentication.None());
        }
        return plain(plain.get());
    }

    private Optional<Authentication> plain(Entry block) {
        Optional<Entry> type = block.inner().last("auth_type");
        Optional<Entry> password = block.inner().last("auth_pass");
        if (type.isEmpty() || password.isEmpty()) {
            context.findings()
                    .error(
                            block.at(),
                            "authentication needs both auth_type and auth_pass; it is ignored");
            return Optional.of(new Authentication.None());
        }
        byte[] octets = password.get().text().getBytes(StandardCharsets.UTF_8);
        if (octets.length > PASSWORD_BYTES) {
            context.findings()
                    .warning(password.get().at(), "only 8 characters of the password count");
        }
        var plain = new Authentication.Password(octets);
        return Optional.of(
                type.get().text().equals("AH")
                        ? new Authentication.AuthenticationHeader(plain)
                        : plain);
    }

    private boolean hmacIsGood(Entry block) {
        List<Entry> keys = block.inner().all("key").stream().filter(this::keyIsGood).toList();
        Set<String> ids = keys.stream().map(Entry::text).collect(Collectors.toUnmodifiableSet());
        if (ids.size() < keys.size()) {
            context.findings().error(block.at(), "two keys have one id");
        }
        Optional<String> active = block.inner().text("active_key");
        boolean good = active.isPresent() && ids.contains(active.get());
        if (!good) {
            context.findings()
                    .error(
                            block.at(),
                            "active_key names no good key; the instance is not authenticated");
        }
        return good;
    }

    private boolean keyIsGood(Entry key) {
        String text = key.word(1).text();
        if (text.startsWith("file:")) {
            return true;
        }
        boolean hex = text.startsWith("hex:");
        int bytes =
                hex
                        ? (text.length() - "hex:".length()) / 2
                        : text.getBytes(StandardCharsets.UTF_8).length;
        boolean good = bytes >= KEY_BYTES_MIN && bytes <= KEY_BYTES_MAX;
        if (!good) {
            context.findings().error(key.word(1), "a key has 32 to 64 octets");
        }
        return good;
    }
}
