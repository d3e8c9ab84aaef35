/// The shell: `main`, the supervisor, and the loops that join ports, cores and actuators.
package holdfast.daemon;
