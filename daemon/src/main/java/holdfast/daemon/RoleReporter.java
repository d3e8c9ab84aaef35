package holdfast.daemon;

import holdfast.balance.BalanceEffect;
import holdfast.bfd.BfdEffect;
import holdfast.daemon.journal.Journal;
import holdfast.daemon.notify.Notifier;
import holdfast.daemon.notify.NotifyMessage;
import holdfast.report.BalanceLog;
import holdfast.report.BfdLog;
import holdfast.report.LogLine;
import holdfast.report.VrrpLog;
import holdfast.vrrp.VrrpEffect;

/// Renders the facts of one role: lines for the journal at once, scripts, pipes and mails by
/// the notifier.
final class RoleReporter implements Reporter {

    private final String ident;
    private final Journal journal;
    private final Notifier notifier;

    RoleReporter(String ident, Journal journal, Notifier notifier) {
        this.ident = ident;
        this.journal = journal;
        this.notifier = notifier;
    }

    @Override
    public void vrrp(VrrpEffect fact) {
        VrrpLog.of(fact).forEach(this::log);
        boolean concernsOthers =
                fact instanceof VrrpEffect.RoleChanged
                        || fact instanceof VrrpEffect.GroupRoleChanged
                        || fact instanceof VrrpEffect.PriorityChanged
                        || fact instanceof VrrpEffect.HeardWeaker;
        if (concernsOthers) {
            notifier.tell(new NotifyMessage.VrrpFact(fact));
        }
    }

    @Override
    public void balance(BalanceEffect fact) {
        BalanceLog.of(fact).forEach(this::log);
        boolean concernsOthers =
                fact instanceof BalanceEffect.ServerTurned
                        || fact instanceof BalanceEffect.CheckTurned
                        || fact instanceof BalanceEffect.QuorumChanged
                        || fact instanceof BalanceEffect.ServerRemoved;
        if (concernsOthers) {
            notifier.tell(new NotifyMessage.BalanceFact(fact));
        }
    }

    @Override
    public void bfd(BfdEffect fact) {
        BfdLog.of(fact).forEach(this::log);
    }

    @Override
    public void log(Level level, String line) {
        journal.log(ident, level, line);
    }

    private void log(LogLine line) {
        Level level =
                switch (line.gravity()) {
                    case DETAIL -> Level.DEBUG;
                    case PLAIN -> Level.INFO;
                    case NOTABLE -> Level.NOTICE;
                    case GRAVE -> Level.WARNING;
                };
        journal.log(ident, level, line.text());
    }
}
