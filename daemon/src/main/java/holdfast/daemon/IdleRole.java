package holdfast.daemon;

import holdfast.linux.EventLoop;
import holdfast.linux.Mailbox;
import holdfast.linux.SyscallException;
import holdfast.time.MonoTime;
import java.util.List;

/// A role that has nothing to do, and says so when asked.
final class IdleRole implements RoleThread.Role, EventLoop.Ticker {

    private final Mailbox<RoleMessage> inbox;

    IdleRole(Mailbox<RoleMessage> inbox) {
        this.inbox = inbox;
    }

    @Override
    public void run() throws SyscallException {
        try (EventLoop loop = new EventLoop(this)) {
            loop.watch(inbox.fd(), _ -> onMail(loop));
            loop.run();
        }
    }

    private void onMail(EventLoop loop) {
        for (var message = inbox.receive(); message.isPresent(); message = inbox.receive()) {
            switch (message.get()) {
                case RoleMessage.Stop() -> loop.stop();
                case RoleMessage.VrrpStatus(var answer) -> answer.accept(List.of());
                case RoleMessage.BalanceStatus(var answer) -> answer.accept(List.of());
                case RoleMessage.RespecifyVrrp _, RoleMessage.RespecifyBalance _ -> {}
            }
        }
    }

    @Override
    public MonoTime deadline() {
        return MonoTime.NEVER;
    }

    @Override
    public void onDeadline(MonoTime now) {}
}
