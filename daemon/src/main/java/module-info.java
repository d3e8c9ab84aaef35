/// The shell around the cores: processes, loops, ports and actuators.
@org.jspecify.annotations.NullMarked
module holdfast.daemon {
    requires static org.jspecify;
    requires holdfast.base;
    requires holdfast.vrrp;
    requires holdfast.balance;
    requires holdfast.bfd;
    requires holdfast.probe;
    requires holdfast.netlink;
    requires holdfast.config;
    requires holdfast.report;
    requires holdfast.linux;
}
