/// The program genhash: the MD5 of a page, for `digest` in the configuration.
@NullMarked
package holdfast.daemon.genhash;

import org.jspecify.annotations.NullMarked;
