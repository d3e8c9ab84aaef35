/// The shell of BFD: its loop and its sockets.
@org.jspecify.annotations.NullMarked
package holdfast.daemon.bfd;
