package chat.parley.crash;

/**
 * What the server promised about a message.
 *
 * @param attempts how often it had been sent by then
 */
record Ack(Sent message, long seq, boolean duplicate, int attempts) {}
