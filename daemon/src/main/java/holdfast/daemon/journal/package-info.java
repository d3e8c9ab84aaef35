/// Where log lines go: syslog, the console, a file.
///
/// [holdfast.daemon.journal.Journal] takes lines from every thread without ever blocking it; one
/// thread of its own does the writing.
package holdfast.daemon.journal;
