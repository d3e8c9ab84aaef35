package holdfast.config;

import holdfast.probe.TlsSpec.Credentials;
import java.time.Duration;
import java.util.Optional;

/// What every binder needs: the host, the complaints, and `global_defs` for the defaults.
///
/// @param links the names of interfaces that the configuration makes, as they become known
/// @param client who we are to servers that ask over TLS
record Context(
        HostFacts host,
        Findings findings,
        Section globals,
        ScriptReader scripts,
        LinkNames links,
        Credentials client) {

    private static final String DEFAULT_INTERFACE = "eth0";

    /// The same, for reading once more what was complained about already.
    Context silently() {
        Findings nobody = new Findings();
        return new Context(
                host, nobody, globals, new ScriptReader(host, nobody, globals), links, client);
    }

    boolean dynamicInterfaces() {
        return globals.has("dynamic_interfaces");
    }

    /// Whether an interface may be named: it exists, or will, or interfaces may come later.
    boolean mayName(String interfaceName) {
        return dynamicInterfaces()
                || links.has(interfaceName)
                || host.link(interfaceName).isPresent();
    }

    /// Where things live that name no interface.
    String defaultInterface() {
        return globals.text("default_interface").orElse(DEFAULT_INTERFACE);
    }

    /// A switch of a block, else of `global_defs`, else off.
    boolean flag(Section section, String name, String global) {
        return section.flag(name).or(() -> globals.flag(global)).orElse(false);
    }

    /// Whole seconds of a block, else of `global_defs`.
    Optional<Duration> seconds(Section section, String name, String global) {
        return section.seconds(name).or(() -> globals.seconds(global));
    }

    /// A count of a block, else of `global_defs`.
    Optional<Integer> count(Section section, String name, String global) {
        return section.number(name).or(() -> globals.number(global)).map(Context::toInt);
    }

    /// Mail wanted by a block, else for its kind, else for all.
    Optional<Boolean> smtpAlert(Section section, String ofKind) {
        return section.flag("smtp_alert")
                .or(() -> globals.flag(ofKind))
                .or(() -> globals.flag("smtp_alert"));
    }

    /// The most that an `int` holds is more than anyone means.
    static int toInt(long number) {
        return (int) Math.min(number, Integer.MAX_VALUE);
    }
}
