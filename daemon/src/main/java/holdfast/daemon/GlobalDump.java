package holdfast.daemon;

import holdfast.config.GlobalSpec;
import holdfast.config.GlobalSpec.FifoSpec;
import holdfast.config.GlobalSpec.MailSpec;
import holdfast.config.GlobalSpec.ProcessSpec;
import holdfast.config.HouseSpec;
import holdfast.config.HouseSpec.BufferSpec;
import holdfast.config.HouseSpec.DumpSpec;
import holdfast.config.HouseSpec.LifeScript;
import holdfast.config.HouseSpec.ReloadSpec;
import holdfast.script.Identity;
import java.util.Locale;
import java.util.Optional;

/// What `global_defs` comes to, as the data files begin. For people; passwords are not shown.
final class GlobalDump {

    private final StringBuilder out = new StringBuilder("------< Global definitions >------\n");

    private GlobalDump() {}

    static String of(GlobalSpec global) {
        GlobalDump dump = new GlobalDump();
        dump.global(global);
        return dump.out.toString();
    }

    private void global(GlobalSpec global) {
        global.instance().ifPresent(name -> line("Instance name", name));
        global.processName().ifPresent(name -> line("Process name", name));
        global.vrrpProcess().name().ifPresent(name -> line("VRRP process name", name));
        global.checkerProcess().name().ifPresent(name -> line("LVS process name", name));
        global.bfdProcess().name().ifPresent(name -> line("BFD process name", name));
        line("Router ID", global.routerId());
        global.mail().ifPresent(this::mail);
        life(global.house());
        reload(global.house().reload());
        line("Dynamic interfaces", Boolean.toString(global.dynamicInterfaces()));
        line("LVS backend", global.backend().name().toLowerCase(Locale.ROOT));
        line("LVS flush", Boolean.toString(global.lvsFlush()));
        line(
                "LVS flush on stop",
                switch (global.lvsFlushOnStop()) {
                    case NO -> "disabled";
                    case ALL -> "full";
                    case SERVICES -> "VS";
                });
        fifo("Global", global.notifyFifo());
        fifo("VRRP", global.vrrpFifo());
        fifo("LVS", global.lvsFifo());
        line("Max auto priority", Integer.toString(global.vrrpProcess().urgency().ceiling()));
        long micros = global.vrrpProcess().urgency().lateness().toNanos() / 1000;
        line("Min auto priority delay", micros + " usecs");
        process("VRRP", global.vrrpProcess());
        process("Checker", global.checkerProcess());
        process("BFD", global.bfdProcess());
        buffers("lvs", global.house().buffers());
        buffers("vrrp", global.house().vrrpBuffers());
        dumps(global.house().dumps());
        int umask = global.house().umask().orElse(DaemonRun.USUAL_UMASK);
        line("umask", umask == 0 ? "0" : "0" + Integer.toOctalString(umask));
    }

    private void mail(MailSpec mail) {
        line("Smtp server", mail.server().address().toString());
        line("Smtp server port", Integer.toString(mail.server().port()));
        line("Smtp TLS", mail.security().encryption().name().toLowerCase(Locale.ROOT));
        mail.security().login().ifPresent(login -> line("Smtp user", login.user()));
        line("Smtp HELO name", mail.heloName());
        line("Smtp server connection timeout", Long.toString(mail.patience().toSeconds()));
        line("Email notification from", mail.from());
        mail.recipients().forEach(one -> line("Email notification", one));
        line("Email faults", mail.noFaults() ? "Off" : "On");
        line("no_checker_emails", Boolean.toString(mail.onlyStateChanges()));
    }

    private void life(HouseSpec house) {
        script("Startup script", house.startup());
        script("Shutdown script", house.shutdown());
        line("Child wait time", Long.toString(house.childWait().toSeconds()));
        house.seed().ifPresent(seed -> line("Random seed", Long.toString(seed)));
    }

    private void script(String name, Optional<LifeScript> script) {
        if (script.isPresent()) {
            Identity identity = script.get().script().identity();
            line(
                    name,
                    script.get().script() + ", uid:gid " + owner(identity.uid(), identity.gid()));
            line(name + " timeout", Long.toString(script.get().timeout().toSeconds()));
        }
    }

    private void reload(ReloadSpec reload) {
        reload.check().ifPresent(log -> line("Test config before reload, log to", log));
        reload.timeFile().ifPresent(path -> line("Reload time file", path));
        if (reload.repeat()) {
            line("Reload repeat", "true");
        }
        if (reload.tellsStates()) {
            line("FIFO write vrrp states on reload", "true");
        }
        reload.marker().ifPresent(path -> line("Reload file", path.isEmpty() ? "(default)" : path));
    }

    private void fifo(String whose, Optional<FifoSpec> fifo) {
        fifo.ifPresent(
                spec -> {
                    String owner = owner(spec.uid(), spec.gid());
                    line(whose + " notify fifo", spec.path() + ", uid:gid " + owner);
                    spec.script()
                            .ifPresent(
                                    script ->
                                            line(whose + " notify fifo script", script.toString()));
                });
    }

    private static String owner(int uid, int gid) {
        return Integer.toUnsignedString(uid) + ":" + Integer.toUnsignedString(gid);
    }

    private void process(String whose, ProcessSpec process) {
        line(whose + " process priority", Integer.toString(process.nice()));
        line(whose + " don't swap", Boolean.toString(process.noSwap()));
        int priority = process.realTimePriority().orElse(0);
        line(whose + " realtime priority", Integer.toString(priority));
        process.realTimeMicros()
                .ifPresent(micros -> line(whose + " realtime limit", Long.toString(micros)));
        if (!process.cpus().isEmpty()) {
            line(whose + " CPU Affinity", process.cpus().toString());
        }
    }

    private void buffers(String whose, BufferSpec buffers) {
        int commands = buffers.commands().orElse(0);
        int monitor = buffers.monitor().orElse(0);
        line(whose + "_netlink_cmd_rcv_bufs", Integer.toString(commands));
        line(whose + "_netlink_cmd_rcv_bufs_force", bit(buffers.commandsForced()));
        line(whose + "_netlink_monitor_rcv_bufs", Integer.toString(monitor));
        line(whose + "_netlink_monitor_rcv_bufs_force", bit(buffers.monitorForced()));
        if (whose.equals("vrrp")) {
            int processes = buffers.processes().orElse(0);
            line("process_monitor_rcv_bufs", Integer.toString(processes));
            line("process_monitor_rcv_bufs_force", bit(buffers.processesForced()));
        }
    }

    private static String bit(boolean value) {
        return value ? "1" : "0";
    }

    private void dumps(DumpSpec dumps) {
        line("Data use instance", Boolean.toString(dumps.withInstance()));
        line("JSON version", Integer.toString(dumps.jsonVersion()));
        dumps.state().ifPresent(path -> line("State dump file", path));
        dumps.statistics().ifPresent(path -> line("Stats dump file", path));
        dumps.json().ifPresent(path -> line("JSON dump file", path));
        dumps.saveDirectory().ifPresent(path -> line("Config save directory", path));
    }

    private void line(String name, String value) {
        out.append(' ').append(name).append(" = ").append(value).append('\n');
    }
}
