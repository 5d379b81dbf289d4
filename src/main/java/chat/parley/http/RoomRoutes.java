package chat.parley.http;

import chat.parley.Parley;
import chat.parley.identity.AccountException;
import chat.parley.identity.AccountException.Reason;
import chat.parley.moderation.ModerationException;
import chat.parley.room.Directory;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** The directory of rooms over HTTP, for who is in. Public for the sake of its records, which JSON-B writes. */
public final class RoomRoutes {

    /**
     * A room.
     *
     * @param count how many people are in it
     */
    public record Room(String room, int count) {}

    /**
     * Some of the rooms there are.
     *
     * @param more whether more rooms fit what was looked for
     */
    public record Rooms(List<Room> rooms, boolean more) {}

    private final Directory directory;
    private final BanGate gate;

    RoomRoutes(Parley parley) {
        this.directory = parley.directory();
        this.gate = new BanGate(parley.bans(), parley.people());
    }

    List<Route<?>> all() {
        return List.of(new Route<>("GET", "/rooms", null, gate.guarded(this::rooms)));
    }

    private CompletionStage<Reply> rooms(ApiRequest<Route.Nothing> request) {
        if (request.caller().pass() == null) {
            return CompletableFuture.failedFuture(new AccountException(Reason.NOT_SIGNED_IN, "Sign in first."));
        }
        try {
            String part = request.query().getOrDefault("filter", "");
            int limit = PageAsked.of(request.query()).limit();
            return directory.find(part, limit).thenApply(RoomRoutes::reply);
        } catch (ModerationException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private static Reply reply(Directory.Listing listing) {
        List<Room> rooms = listing.rooms().stream()
                .map(each -> new Room(each.room().value(), each.count()))
                .toList();
        return Reply.of(200, new Rooms(rooms, listing.more()));
    }
}
