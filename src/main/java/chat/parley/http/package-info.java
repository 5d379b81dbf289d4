/**
 * The HTTP side: what stands in front of the endpoint and beside the page, and what starts Parley in a WAR. Floor 6,
 * above the endpoint: imports everything below; with {@code server} the only home of jakarta.servlet.
 */
@NullMarked
package chat.parley.http;

import org.jspecify.annotations.NullMarked;
