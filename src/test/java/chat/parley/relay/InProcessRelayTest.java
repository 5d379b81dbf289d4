package chat.parley.relay;

final class InProcessRelayTest extends RelayContract {

    @Override
    Relay make() {
        return new InProcessRelay();
    }

    @Override
    void settle() {}
}
