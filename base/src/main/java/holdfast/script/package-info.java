/// Programs of the user as values: what to run, and as whom. Running them is the shell's business.
package holdfast.script;
