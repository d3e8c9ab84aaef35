package holdfast.daemon.notify;

import holdfast.config.GlobalSpec.MailSpec;
import holdfast.config.MailSecurity;
import holdfast.daemon.Level;
import holdfast.linux.EventLoop;
import holdfast.linux.SyscallException;
import holdfast.report.mail.Letterhead;
import holdfast.report.mail.Mail;
import holdfast.report.mail.SmtpSecurity;
import holdfast.report.mail.SmtpSession;
import holdfast.time.MonoTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayDeque;
import java.util.Optional;

/// Carries mails to the server, one after another, each over a connection of its own.
///
/// A server that is slow or gone costs mails and nothing else: some wait, others are dropped.
/// Confined to the thread of its loop.
final class Postman implements AutoCloseable {

    static final int WAITING_MAX = 100;

    private record Posted(Mail mail, ZonedDateTime date) {}

    /// Who wants to know that there is nothing left to send.
    interface Waiter {
        void onIdle(MonoTime now);
    }

    private final EventLoop loop;
    private final NotifyLoop.Log log;
    private final Waiter waiter;
    private final ArrayDeque<Posted> waiting = new ArrayDeque<>();
    private Optional<MailSpec> spec = Optional.empty();
    private Optional<MailTrust> trust = Optional.empty();
    private Optional<MailConnection> connection = Optional.empty();
    private long dropped;

    Postman(EventLoop loop, NotifyLoop.Log log, Waiter waiter) {
        this.loop = loop;
        this.log = log;
        this.waiter = waiter;
    }

    /// From now on mails go this way; without one, nowhere.
    void become(Optional<MailSpec> next) {
        if (!next.equals(spec)) {
            trust = next.flatMap(MailTrust::of);
        }
        spec = next;
        if (next.isEmpty()) {
            waiting.clear();
        }
    }

    /// Takes a mail; [#work] sends it.
    void post(Mail mail) {
        if (spec.isEmpty()) {
            return;
        }
        if (waiting.size() < WAITING_MAX) {
            waiting.add(new Posted(mail, ZonedDateTime.now(ZoneId.systemDefault())));
        } else if (dropped++ == 0) {
            log.line(
                    Level.ERROR,
                    "More than " + WAITING_MAX + " mails wait for the server; others are dropped");
        }
    }

    /// Sends the next mail unless one is under way.
    void work(MonoTime now) {
        while (connection.isEmpty() && spec.isPresent() && !waiting.isEmpty()) {
            open(now, spec.get(), waiting.remove());
        }
        if (waiting.isEmpty() && dropped > 0) {
            log.line(Level.WARNING, dropped + " mails were dropped");
            dropped = 0;
        }
    }

    private void open(MonoTime now, MailSpec way, Posted posted) {
        Letterhead letterhead = new Letterhead(way.heloName(), way.from(), way.recipients());
        SmtpSession session =
                new SmtpSession(letterhead, security(way.security()), posted.mail(), posted.date());
        try {
            connection =
                    Optional.of(
                            MailConnection.open(
                                    loop,
                                    way.server(),
                                    session,
                                    trust,
                                    way.patience(),
                                    (then, complaint) -> onDone(then, posted.mail(), complaint),
                                    now));
        } catch (SyscallException e) {
            complain(posted.mail(), e.errno().words());
        }
    }

    private static SmtpSecurity security(MailSecurity spec) {
        return new SmtpSecurity(
                switch (spec.encryption()) {
                    case NONE -> SmtpSecurity.Encryption.NEVER;
                    case STARTTLS -> SmtpSecurity.Encryption.WELCOME;
                    case REQUIRED -> SmtpSecurity.Encryption.REQUIRED;
                },
                spec.login().map(one -> new SmtpSecurity.Login(one.user(), one.password())));
    }

    private void onDone(MonoTime now, Mail mail, Optional<String> complaint) {
        connection = Optional.empty();
        complaint.ifPresent(reason -> complain(mail, reason));
        work(now);
        if (isIdle()) {
            waiter.onIdle(now);
        }
    }

    private void complain(Mail mail, String reason) {
        log.line(Level.WARNING, "Mail '" + mail.subject() + "' was not sent: " + reason);
    }

    boolean isIdle() {
        return connection.isEmpty() && waiting.isEmpty();
    }

    MonoTime deadline() {
        return connection.map(MailConnection::deadline).orElse(MonoTime.NEVER);
    }

    void onDeadline(MonoTime now) {
        connection.ifPresent(one -> one.onDeadline(now));
    }

    /// What could not be sent by now is lost.
    @Override
    public void close() {
        int unsent = waiting.size() + (connection.isPresent() ? 1 : 0);
        if (unsent > 0) {
            log.line(Level.WARNING, unsent + " mails were not sent before the end");
        }
        waiting.clear();
        connection.ifPresent(MailConnection::close);
        connection = Optional.empty();
    }
}
