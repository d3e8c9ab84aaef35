package holdfast.linux;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The numbers we wrote by hand, compared with what the headers of the system say.
class StructLayoutTest {

    private static final String HEADERS =
            """
            #define _GNU_SOURCE
            #include <stddef.h>
            #include <stdio.h>
            #include <errno.h>
            #include <fcntl.h>
            #include <grp.h>
            #include <linux/if_packet.h>
            #include <linux/ethtool.h>
            #include <linux/mii.h>
            #include <linux/netlink.h>
            #include <net/if.h>
            #include <netinet/icmp6.h>
            #include <netinet/in.h>
            #include <netinet/tcp.h>
            #include <poll.h>
            #include <pwd.h>
            #include <sched.h>
            #include <signal.h>
            #include <spawn.h>
            #include <sys/epoll.h>
            #include <sys/eventfd.h>
            #include <sys/mman.h>
            #include <sys/prctl.h>
            #include <sys/resource.h>
            #include <sys/signalfd.h>
            #include <sys/socket.h>
            #include <sys/syscall.h>
            #include <sys/un.h>
            #include <sys/wait.h>
            #define OFF(s, m) offsetof(struct s, m)
            """;

    @Test
    void structsAreLaidOutAsTheHeadersSay(@TempDir Path directory) throws Exception {
        Map<String, Integer> ours = new LinkedHashMap<>();
        ours.put("sizeof(struct epoll_event)", EventLoop.EVENT_BYTES);
        ours.put("OFF(epoll_event, data)", EventLoop.DATA_OFFSET);
        ours.put("sizeof(struct sockaddr_in)", SocketAddress.INET_BYTES);
        ours.put("OFF(sockaddr_in, sin_port)", SocketAddress.PORT_OFFSET);
        ours.put("OFF(sockaddr_in, sin_addr)", SocketAddress.INET_ADDRESS_OFFSET);
        ours.put("sizeof(struct sockaddr_in6)", SocketAddress.INET6_BYTES);
        ours.put("OFF(sockaddr_in6, sin6_port)", SocketAddress.PORT_OFFSET);
        ours.put("OFF(sockaddr_in6, sin6_addr)", SocketAddress.INET6_ADDRESS_OFFSET);
        ours.put("OFF(sockaddr_in6, sin6_scope_id)", SocketAddress.INET6_SCOPE_OFFSET);
        ours.put("sizeof(struct sockaddr_ll)", PacketSocket.SOCKADDR_LL_BYTES);
        ours.put("OFF(sockaddr_ll, sll_ifindex)", PacketSocket.IFINDEX_OFFSET);
        ours.put("OFF(sockaddr_ll, sll_halen)", PacketSocket.HALEN_OFFSET);
        ours.put("OFF(sockaddr_ll, sll_addr)", PacketSocket.ADDR_OFFSET);
        ours.put("OFF(sockaddr_un, sun_path)", UnixDatagram.PATH_OFFSET);
        ours.put("sizeof(((struct sockaddr_un *)0)->sun_path)", UnixDatagram.PATH_BYTES);
        ours.put("sizeof(struct sockaddr_nl)", NetlinkSocket.SOCKADDR_BYTES);
        ours.put("OFF(sockaddr_nl, nl_pid)", NetlinkSocket.PID_OFFSET);
        ours.put("sizeof(struct msghdr)", MessageHeader.BYTES);
        ours.put("OFF(msghdr, msg_namelen)", MessageHeader.NAME_BYTES_OFFSET);
        ours.put("OFF(msghdr, msg_iov)", MessageHeader.IOV_OFFSET);
        ours.put("OFF(msghdr, msg_iovlen)", MessageHeader.IOV_COUNT_OFFSET);
        ours.put("OFF(msghdr, msg_control)", MessageHeader.CONTROL_OFFSET);
        ours.put("OFF(msghdr, msg_controllen)", MessageHeader.CONTROL_BYTES_OFFSET);
        ours.put("OFF(msghdr, msg_flags)", MessageHeader.FLAGS_OFFSET);
        ours.put("sizeof(struct mmsghdr)", MessageHeader.MANY_BYTES);
        ours.put("OFF(mmsghdr, msg_len)", MessageHeader.MANY_LENGTH_OFFSET);
        ours.put("sizeof(struct iovec)", MessageHeader.IOVEC_BYTES);
        ours.put("OFF(cmsghdr, cmsg_level)", MessageHeader.CMSG_LEVEL_OFFSET);
        ours.put("OFF(cmsghdr, cmsg_type)", MessageHeader.CMSG_TYPE_OFFSET);
        ours.put("CMSG_LEN(0)", MessageHeader.CMSG_DATA_OFFSET);
        ours.put("CMSG_SPACE(12)", 16 + MessageHeader.controlSpace(12));
        assertSame(directory, ours);
    }

    @Test
    void theOtherStructsAreTooWhatTheHeadersSay(@TempDir Path directory) throws Exception {
        Map<String, Integer> ours = new LinkedHashMap<>();
        ours.put("sizeof(struct in_pktinfo)", RawSocket.PKTINFO_BYTES);
        ours.put("OFF(in_pktinfo, ipi_spec_dst)", 4);
        ours.put("sizeof(struct in6_pktinfo)", RawSocket.PKTINFO6_BYTES);
        ours.put("OFF(in6_pktinfo, ipi6_ifindex)", RawSocket.PKTINFO6_INDEX_OFFSET);
        ours.put("sizeof(struct ip_mreqn)", SocketOptions.MREQN_BYTES);
        ours.put("OFF(ip_mreqn, imr_ifindex)", SocketOptions.MREQN_INDEX_OFFSET);
        ours.put("sizeof(struct ipv6_mreq)", SocketOptions.MREQ6_BYTES);
        ours.put("OFF(ipv6_mreq, ipv6mr_interface)", SocketOptions.MREQ6_INDEX_OFFSET);
        ours.put("sizeof(struct icmp6_filter)", SocketOptions.ICMP6_FILTER_BYTES);
        ours.put("sizeof(struct flock)", FileLock.FLOCK_BYTES);
        ours.put("sizeof(struct ifreq)", Interfaces.IFREQ_BYTES);
        ours.put("OFF(ifreq, ifr_flags)", Interfaces.NAME_BYTES);
        ours.put("sizeof(struct ethtool_value)", LinkProbe.ETHTOOL_VALUE_BYTES);
        ours.put("OFF(mii_ioctl_data, reg_num)", LinkProbe.MII_REGISTER_OFFSET);
        ours.put("OFF(mii_ioctl_data, val_out)", LinkProbe.MII_OUT_OFFSET);
        ours.put("sizeof(struct signalfd_siginfo)", Signals.SIGINFO_BYTES);
        ours.put("OFF(signalfd_siginfo, ssi_signo)", 0);
        ours.put("sizeof(sigset_t)", Signal.SET_BYTES);
        ours.put("sizeof(siginfo_t)", ChildProcess.SIGINFO_BYTES);
        ours.put("offsetof(siginfo_t, si_code)", ChildProcess.CODE_OFFSET);
        ours.put("offsetof(siginfo_t, si_pid)", ChildProcess.PID_OFFSET);
        ours.put("offsetof(siginfo_t, si_status)", ChildProcess.STATUS_OFFSET);
        ours.put("OFF(passwd, pw_name)", Accounts.PW_NAME_OFFSET);
        ours.put("OFF(passwd, pw_uid)", Accounts.PW_UID_OFFSET);
        ours.put("OFF(passwd, pw_gid)", Accounts.PW_GID_OFFSET);
        ours.put("OFF(passwd, pw_dir)", Accounts.PW_DIR_OFFSET);
        ours.put("OFF(group, gr_gid)", Accounts.GR_GID_OFFSET);
        ours.put("sizeof(struct pollfd)", 8);
        ours.put("OFF(pollfd, events)", 4);
        ours.put("sizeof(cpu_set_t)", Scheduling.CPU_SET_BYTES);
        ours.put("sizeof(rlim_t)", Long.BYTES);
        assertSame(directory, ours);
    }

    @Test
    void constantsAreWhatTheHeadersSay(@TempDir Path directory) throws Exception {
        Map<String, Integer> ours = new LinkedHashMap<>();
        for (var field : SocketNumbers.class.getDeclaredFields()) {
            String name = field.getName();
            if (!name.equals("TC_PRIO_CONTROL") && !name.equals("TOS_CONTROL")) {
                ours.put(name, field.getInt(null));
            }
        }
        for (Errno errno : Errno.values()) {
            if (errno != Errno.OTHER) {
                ours.put(errno.name(), (int) -errno.result());
            }
        }
        ours.put("SIGHUP", Signal.HUP.number());
        ours.put("SIGUSR1", Signal.USR1.number());
        ours.put("SIGUSR2", Signal.USR2.number());
        ours.put("SIGTERM", Signal.TERM.number());
        ours.put("SIGCHLD", Signal.CHLD.number());
        ours.put("SIGRTMIN", Signal.realTime(0).number());
        ours.put("O_NOFOLLOW", Fifo.O_NOFOLLOW);
        ours.put("O_CLOEXEC", Libc.O_CLOEXEC);
        ours.put("O_NONBLOCK", Libc.O_NONBLOCK);
        ours.put("O_CREAT", Libc.O_CREAT);
        ours.put("F_DUPFD_CLOEXEC", Libc.F_DUPFD_CLOEXEC);
        ours.put("F_OFD_SETLK", FileLock.F_OFD_SETLK);
        ours.put("P_PIDFD", ChildProcess.P_PIDFD);
        ours.put("WEXITED | WNOHANG", ChildProcess.WEXITED | ChildProcess.WNOHANG);
        ours.put("SYS_setresuid", Credentials.SYS_SETRESUID);
        ours.put("SYS_setresgid", Credentials.SYS_SETRESGID);
        ours.put("SYS_setgroups", Credentials.SYS_SETGROUPS);
        ours.put("SYS_pidfd_open", Spawn.SYS_PIDFD_OPEN);
        ours.put("POSIX_SPAWN_SETSID", Spawn.POSIX_SPAWN_SETSID);
        ours.put("POSIX_SPAWN_SETSCHEDULER", Spawn.POSIX_SPAWN_SETSCHEDULER);
        ours.put("SCHED_RR | SCHED_RESET_ON_FORK", Scheduling.RR_RESET_ON_FORK);
        ours.put("RLIMIT_RTTIME", Scheduling.RLIMIT_RTTIME);
        ours.put("MCL_CURRENT | MCL_FUTURE | MCL_ONFAULT", Scheduling.LOCK_ON_FAULT);
        ours.put("PR_SET_PDEATHSIG", Scheduling.PR_SET_PDEATHSIG);
        ours.put("CLONE_NEWNET", Namespaces.CLONE_NEWNET);
        assertSame(directory, ours);
    }

    @Test
    void theLibrarysObjectsFitIntoTheRoomWeGiveThem(@TempDir Path directory) throws Exception {
        Map<String, Integer> sizes =
                measure(
                        directory,
                        Map.of(
                                "sizeof(posix_spawnattr_t)", 0,
                                "sizeof(posix_spawn_file_actions_t)", 0));
        assertTrue(
                sizes.getOrDefault("sizeof(posix_spawnattr_t)", 9999)
                        <= Spawn.ATTRIBUTES_BYTES_MAX);
        assertTrue(
                sizes.getOrDefault("sizeof(posix_spawn_file_actions_t)", 9999)
                        <= Spawn.ACTIONS_BYTES_MAX);
    }

    private void assertSame(Path directory, Map<String, Integer> ours) throws Exception {
        assertEquals(ours, measure(directory, ours));
    }

    /// What a C compiler says about these expressions.
    private Map<String, Integer> measure(Path directory, Map<String, Integer> expressions)
            throws Exception {
        StringBuilder program = new StringBuilder(HEADERS).append("int main(void) {\n");
        for (String expression : expressions.keySet()) {
            program.append("  printf(\"%ld\\n\", (long)(").append(expression).append("));\n");
        }
        Path source = Files.writeString(directory.resolve("layout.c"), program + "}\n");
        Path binary = directory.resolve("layout");
        output("gcc", "-w", "-o", binary.toString(), source.toString());
        String[] lines = output(binary.toString()).split("\n");
        Map<String, Integer> measured = new LinkedHashMap<>();
        for (String expression : expressions.keySet()) {
            measured.put(expression, Integer.parseInt(lines[measured.size()]));
        }
        return measured;
    }

    private static String output(String... command) throws Exception {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String text = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertEquals(0, process.waitFor(), text);
        return text;
    }
}
