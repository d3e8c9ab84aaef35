/// Telling people's programs: notify scripts and named pipes.
///
/// [holdfast.daemon.notify.Notifier] takes facts from every thread without blocking it. A loop on
/// a thread of its own runs the scripts, since it takes on their users for a moment.
package holdfast.daemon.notify;
