/// JSON as values, with a small writer and reader for our own files and sockets.
package holdfast.json;
