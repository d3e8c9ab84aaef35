/// Real daemons on real kernels, in namespaces made for the purpose.
package holdfast.lab;
