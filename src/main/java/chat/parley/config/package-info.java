/**
 * What can be set: every {@code parley.*} key with its default, unit and sentence, and the typed values made of them.
 * Floor 0: imports nothing of Parley; everybody may import it. The only home of SmallRye Config.
 */
@NullMarked
package chat.parley.config;

import org.jspecify.annotations.NullMarked;
