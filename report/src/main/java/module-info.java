/// Facts to words: log lines, script arguments, FIFO lines, mails, dumps. Pure.
@org.jspecify.annotations.NullMarked
module holdfast.report {
    requires static org.jspecify;
    requires transitive holdfast.base;
    requires transitive holdfast.vrrp;
    requires transitive holdfast.balance;
    requires transitive holdfast.bfd;
    requires transitive holdfast.probe;

    exports holdfast.report;
    exports holdfast.report.mail;
}
