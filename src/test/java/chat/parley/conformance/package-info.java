/**
 * The protocol, checked from outside over a URL: what runs here knows the page on the protocol and nothing of the
 * server behind the URL. A server that is to be checked is a {@link chat.parley.conformance.Target}.
 */
@NullMarked
package chat.parley.conformance;

import org.jspecify.annotations.NullMarked;
