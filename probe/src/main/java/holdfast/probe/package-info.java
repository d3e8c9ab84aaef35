/// Checks as automata without I/O, and the specs that say what to check.
///
/// A [Probe] is told what happened on its connection and answers with what to do next; it ends
/// with an [Outcome]. The shell owns the sockets and the clock. Of datagrams, each that is heard is
/// told alone. [ScriptProbe] reads the end of a program.
package holdfast.probe;
