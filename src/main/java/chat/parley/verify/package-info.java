/**
 * The checker behind {@code parley verify}: people who chat through one or many servers while somebody breaks things, and
 * who compare notes. Like any client it knows nothing but the protocol. Stands on {@code protocol}, and on {@code bench} for
 * the progress bar; imported by {@code server}. It writes to the streams it is given, and logs nothing.
 */
@NullMarked
package chat.parley.verify;

import org.jspecify.annotations.NullMarked;
