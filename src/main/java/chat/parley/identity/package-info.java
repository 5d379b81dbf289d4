/**
 * Who somebody is: identities, and today the guests, who have no account. Floor 2: may import protocol and config;
 * the room, moderation, the endpoint and the servlets may import it.
 */
@NullMarked
package chat.parley.identity;

import org.jspecify.annotations.NullMarked;
