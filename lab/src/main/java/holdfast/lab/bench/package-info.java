/// What Holdfast costs and how soon it acts, beside keepalived in the same run.
///
/// [Bench] is the program. A [Benchmark] measures both programs by turns, in namespaces of a lab,
/// and comes to a [Section] of [Figure]s, which [Document] puts into the page of results. Times on
/// a wire are the kernel's, by a [Recording]; what a process uses is read from `/proc` by [Usage].
package holdfast.lab.bench;
