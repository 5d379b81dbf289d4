/**
 * The words of the wire and how they are written: messages, names, codes, and the JSON-B encoders and decoders. Floor
 * 0: imports nothing of Parley; everybody may import it.
 */
@NullMarked
package chat.parley.protocol;

import org.jspecify.annotations.NullMarked;
