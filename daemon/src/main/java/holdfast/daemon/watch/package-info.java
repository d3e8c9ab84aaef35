/// What virtual routers track beside scripts: files, processes, and links that must be asked.
///
/// All of it may make one wait, for a disk or a driver, or come in floods. So a thread of its own
/// looks and counts, and the routers' loop hears only of what changed. There is no such thread
/// where nothing of this is configured.
@org.jspecify.annotations.NullMarked
package holdfast.daemon.watch;
