package chat.parley.endpoint;

/**
 * Why a handshake is refused before the upgrade.
 *
 * @param status 403, 429 or 503
 * @param retryAfterSeconds for the {@code Retry-After} header (RFC 9110, section 10.2.3); 0 for none
 * @param why a sentence for people
 */
public record Refusal(int status, int retryAfterSeconds, String why) {}
