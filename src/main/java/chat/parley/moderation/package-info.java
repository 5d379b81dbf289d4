/**
 * Who may not be here, and what admins did about it. Floor 3: may import identity, store, protocol and config; the
 * endpoint and the servlets may import it.
 */
@NullMarked
package chat.parley.moderation;

import org.jspecify.annotations.NullMarked;
