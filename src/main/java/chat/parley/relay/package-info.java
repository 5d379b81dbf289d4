/**
 * What hurries messages from one server to the others, and tells who is on them: it may lose, repeat and reorder messages,
 * for the numbers of the store put that right; and without it every server knows its own people and limits.
 */
@NullMarked
package chat.parley.relay;

import org.jspecify.annotations.NullMarked;
