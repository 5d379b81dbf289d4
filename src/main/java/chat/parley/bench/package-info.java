/**
 * The load generator behind {@code parley bench}: many members in one process, who check every delivery while they
 * measure. Stands on {@code protocol} alone; imported by {@code server}, and its progress by {@code verify}. The only home of the
 * progress bar. It writes to the streams it is given, and logs nothing.
 */
@NullMarked
package chat.parley.bench;

import org.jspecify.annotations.NullMarked;
