/**
 * Application servers as targets of the conformance suite: each started from what Maven unpacked, with the unchanged WAR, on
 * loopback. Run by the profiles {@code servers} (all seven) and {@code tomcat-jetty}.
 */
@NullMarked
package chat.parley.conformance.servers;

import org.jspecify.annotations.NullMarked;
