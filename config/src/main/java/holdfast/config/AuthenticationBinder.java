package holdfast.config;

import holdfast.vrrp.Authentication;
import holdfast.vrrp.Authentication.Hmac;
import holdfast.vrrp.Timing;
import holdfast.vrrp.Version;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// Binds how adverts are authenticated. A password is never repeated in a complaint.
final class AuthenticationBinder {

    private static final int PASSWORD_BYTES = 8;

    private final Context context;

    AuthenticationBinder(Context context) {
        this.context = context;
    }

    /// An `auth_hmac` that cannot be used is as if it were not there, which is complained about.
    Authentication bind(Section block, Version version, Timing timing, boolean strict) {
        Optional<Entry> plain = block.last("authentication");
        Optional<Hmac> hmac =
                block.last("auth_hmac")
                        .flatMap(
                                entry ->
                                        new HmacBinder(context)
                                                .bind(entry, timing.interval(), strict));
        if (hmac.isPresent()) {
            plain.ifPresent(
                    entry ->
                            context.findings()
                                    .warning(
                                            entry.at(),
                                            "auth_hmac takes the place of authentication, which is"
                                                    + " ignored"));
            return hmac.get();
        }
        if (plain.isEmpty()) {
            return new Authentication.None();
        }
        if (version == Version.V3 || strict) {
            context.findings()
                    .warning(
                            plain.get().at(),
                            version == Version.V3
                                    ? "version 3 has no authentication; it is ignored"
                                    : "strict mode has no authentication; it is ignored");
            return new Authentication.None();
        }
        return plain(plain.get());
    }

    private Authentication plain(Entry block) {
        Optional<Entry> type = block.inner().last("auth_type");
        Optional<Entry> password = block.inner().last("auth_pass");
        if (type.isEmpty() || password.isEmpty()) {
            context.findings()
                    .error(
                            block.at(),
                            "authentication needs both auth_type and auth_pass; it is ignored");
            return new Authentication.None();
        }
        byte[] octets = password.get().text().getBytes(StandardCharsets.UTF_8);
        if (octets.length > PASSWORD_BYTES) {
            context.findings()
                    .warning(password.get().at(), "only 8 characters of the password count");
        }
        var plain = new Authentication.Password(octets);
        return type.get().text().equals("AH")
                ? new Authentication.AuthenticationHeader(plain)
                : plain;
    }
}
