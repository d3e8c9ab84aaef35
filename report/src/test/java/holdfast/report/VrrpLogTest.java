package holdfast.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import holdfast.net.Ipv4Address;
import holdfast.vrrp.Cause;
import holdfast.vrrp.DropReason;
import holdfast.vrrp.FaultReason;
import holdfast.vrrp.Role;
import holdfast.vrrp.VrrpEffect;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class VrrpLogTest {

    private static String log(VrrpEffect effect) {
        return VrrpLog.of(effect).stream()
                .map(line -> line.gravity() + " " + line.text() + "\n")
                .collect(Collectors.joining());
    }

    @Test
    void aChangeOfRoleIsALineToSearchForAndALineThatExplains() {
        assertEquals(
                """
                NOTABLE (VI_1) Entering MASTER STATE
                PLAIN (VI_1) It was BACKUP, and changed because no master was heard in time; \
                its priority is 100
                """,
                log(
                        new VrrpEffect.RoleChanged(
                                "VI_1", Role.BACKUP, Role.MASTER, Cause.MASTER_SILENT, 100)));
        assertEquals(
                """
                GRAVE (VI_1) Entering FAULT STATE
                PLAIN (VI_1) It was MASTER, and changed because something it depends on failed; \
                its priority is 100
                """,
                log(
                        new VrrpEffect.RoleChanged(
                                "VI_1", Role.MASTER, Role.FAULT, Cause.FAULT_RAISED, 100)));
    }

    @Test
    void faultsAreNamed() {
        assertEquals(
                "NOTABLE (VI_1) Held in FAULT: interface eth0 is down; script chk fails\n",
                log(
                        new VrrpEffect.FaultsChanged(
                                "VI_1",
                                List.of(
                                        new FaultReason(FaultReason.Kind.INTERFACE_DOWN, "eth0"),
                                        new FaultReason(FaultReason.Kind.TRACKED_SCRIPT, "chk")))));
        assertEquals(
                "PLAIN (VI_1) All it depends on works\n",
                log(new VrrpEffect.FaultsChanged("VI_1", List.of())));
    }

    @Test
    void whatIsTrackedIsNamed() {
        assertEquals(
                "NOTABLE Quorum lost for tracked process web: 0 of them\n",
                log(new VrrpEffect.ProcessesTurned("web", false, 0)));
        assertEquals(
                "PLAIN Quorum gained for tracked process web: 2 of them\n",
                log(new VrrpEffect.ProcessesTurned("web", true, 2)));
        assertEquals(
                "PLAIN Tracked file load says -20\n", log(new VrrpEffect.FileChanged("load", -20)));
    }

    @Test
    void addressesAreDetail() {
        assertEquals(
                "DETAIL (VI_1) Adding 10.9.0.10/24 on eth9, 10.9.0.11/24 on eth9\n",
                log(
                        new VrrpEffect.ClaimAddresses(
                                "VI_1", List.of(Examples.address(10), Examples.address(11)))));
    }

    @Test
    void everyCauseAndEveryReasonHasWordsOfItsOwn() {
        Set<String> said = new HashSet<>();
        for (Cause cause : EnumSet.allOf(Cause.class)) {
            assertTrue(said.add(VrrpLog.because(cause)), cause.toString());
        }
        Ipv4Address peer = Ipv4Address.of(10, 0, 0, 2);
        for (DropReason reason : EnumSet.allOf(DropReason.class)) {
            String line = log(new VrrpEffect.PacketDropped("VI_1", peer, reason));
            assertTrue(said.add(line), line);
        }
        for (FaultReason.Kind kind : EnumSet.allOf(FaultReason.Kind.class)) {
            assertTrue(said.add(VrrpLog.fault(new FaultReason(kind, "x"))), kind.toString());
        }
    }
}
