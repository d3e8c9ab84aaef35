package holdfast.daemon.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import holdfast.netlink.ipvs.IpvsDaemon;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SyncDaemonsTest {

    private static final IpvsDaemon MASTER = daemon(IpvsDaemon.Role.MASTER, 51, 0);
    private static final IpvsDaemon BACKUP = daemon(IpvsDaemon.Role.BACKUP, 51, 0);

    private final SyncDaemons daemons = new SyncDaemons();

    @Test
    void theOtherRoleIsTakenAfterTheFirstIsLeft() {
        want(BACKUP);
        carryOutAll();
        want(MASTER);
        assertEquals(
                List.of(new SyncCommand.Stop(BACKUP), new SyncCommand.Start(MASTER)),
                daemons.commands());
    }

    @Test
    void whatOthersLeftIsStoppedFirst() {
        IpvsDaemon left = daemon(IpvsDaemon.Role.BACKUP, 51, 1460);
        daemons.found(List.of(left));
        want(BACKUP);
        assertEquals(
                List.of(new SyncCommand.Stop(left), new SyncCommand.Start(BACKUP)),
                daemons.commands());
    }

    @Test
    void whatIsAsItShallBeIsNotTouched() {
        want(MASTER, BACKUP);
        carryOutAll();
        want(MASTER, BACKUP);
        assertEquals(List.of(), daemons.commands());
    }

    @Test
    void aRefusedStepIsStillToBeDone() {
        want(BACKUP);
        daemons.commands();
        assertEquals(List.of(new SyncCommand.Start(BACKUP)), daemons.commands());
    }

    @Test
    void nothingIsLeftWhenNoneIsWanted() {
        want(MASTER, BACKUP);
        carryOutAll();
        want();
        assertEquals(
                List.of(new SyncCommand.Stop(MASTER), new SyncCommand.Stop(BACKUP)),
                daemons.commands());
    }

    private void want(IpvsDaemon... wanted) {
        daemons.want(List.of(wanted));
    }

    private void carryOutAll() {
        daemons.commands().forEach(daemons::did);
    }

    private static IpvsDaemon daemon(IpvsDaemon.Role role, int id, int maxBytes) {
        return new IpvsDaemon(role, "eth1", id, maxBytes, Optional.empty(), 0, 0);
    }
}
