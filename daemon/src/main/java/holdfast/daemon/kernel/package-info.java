/// What more than one role asks of the kernel: requests in step, and the parts of IPVS that are no
/// services.
package holdfast.daemon.kernel;
