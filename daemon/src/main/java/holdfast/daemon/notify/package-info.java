/// Telling people and their programs: notify scripts, named pipes and mails.
///
/// [holdfast.daemon.notify.Notifier] takes facts from every thread without blocking it. A loop on
/// a thread of its own runs the scripts, since it takes on their users for a moment, and hands
/// mails to their server without ever waiting for it.
package holdfast.daemon.notify;
