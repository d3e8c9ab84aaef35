package holdfast.config;

import holdfast.balance.BalanceSpec;
import holdfast.config.GlobalSpec.Backend;
import holdfast.vrrp.NodeSpec;
import java.util.List;
import java.util.Optional;

/// Statements to a [Configuration]: vetting against the keyword table, then one binder a block.
///
/// Global settings count from the first line on, wherever they stand. What cannot be used is
/// complained about and left out, and the rest is bound.
final class Binder {

    private final KeywordTable table;
    private final HostFacts host;
    private final Findings findings;
    private final Optional<ServiceMarks> before;
    private final boolean keeps;
    private final EarlierServices earlier;

    /// @param before the marks that are in use
    /// @param keeps whether the services are kept, and not only looked at
    /// @param earlier the services that were bound last time
    Binder(
            KeywordTable table,
            HostFacts host,
            Findings findings,
            Optional<ServiceMarks> before,
            boolean keeps,
            EarlierServices earlier) {
        this.before = before;
        this.table = table;
        this.host = host;
        this.findings = findings;
        this.keeps = keeps;
        this.earlier = earlier;
    }

    Configuration bind(List<Statement> statements) {
        Vetting vetting = new Vetting(table, findings);
        Section root = vetting.root(statements);
        Section globals = Section.EMPTY;
        for (Entry block : root.all("global_defs")) {
            globals = globals.plus(block.inner());
        }
        Context context =
                new Context(
                        host,
                        findings,
                        globals,
                        new ScriptReader(host, findings, globals),
                        new LinkNames(),
                        TlsBinder.credentials(root, host, findings));
        VrrpBinder vrrpBinder = new VrrpBinder(table, context);
        NodeSpec vrrp = vrrpBinder.bind(root);
        GlobalSpec global = new GlobalBinder(context).bind(root, vrrp);
        Backend plane = resolved(global.backend());
        Marking marking = new Marking(globals, plane, before);
        BalanceBinder services =
                new BalanceBinder(context, vrrpBinder.trackables(), vetting, keeps, earlier);
        BalanceSpec balance = services.bind(root, plane, marking);
        return new Configuration(
                global, vrrp, balance, services.count(), marking.spec(), vrrpBinder.sessions());
    }

    /// The data plane that `auto` comes to here.
    private Backend resolved(Backend backend) {
        return switch (backend) {
            case AUTO -> host.hasIpvs() ? Backend.IPVS : Backend.NFTABLES;
            case IPVS, NFTABLES -> backend;
        };
    }
}
