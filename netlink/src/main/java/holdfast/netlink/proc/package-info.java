/// Processes as the kernel's proc connector tells of them (linux/connector.h, linux/cn_proc.h).
///
/// There may be thousands of notices in a second, most of which concern nobody; so they are read
/// in place, and make no objects.
package holdfast.netlink.proc;
