/// The exact words in which facts reach people and programs.
package holdfast.report;
