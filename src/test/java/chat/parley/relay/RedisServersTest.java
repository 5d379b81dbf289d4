package chat.parley.relay;

import static org.junit.jupiter.api.Assertions.assertEquals;

import chat.parley.it.Certificates;
import chat.parley.protocol.RoomName;
import io.lettuce.core.RedisClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The ways to a Redis that an operator can set: a password, a user with few rights, TLS, Sentinels. */
@Timeout(60)
final class RedisServersTest {

    private static final RoomName LOBBY = new RoomName("lobby");

    @TempDir
    Path folder;

    private final String epoch = UUID.randomUUID().toString();
    private final Deque<AutoCloseable> open = new ArrayDeque<>();

    @AfterEach
    void end() throws Exception {
        while (!open.isEmpty()) {
            open.pop().close();
        }
    }

    @Test
    void aPassword() throws Exception {
        OwnRedis redis = opened(OwnRedis.start("--requirepass", "hush"));

        assertHeard("redis://:hush@127.0.0.1:" + redis.port());
    }

    @Test
    void aUserWithTheRightsInTheManual() throws Exception {
        OwnRedis redis = opened(OwnRedis.start(
                "--user",
                "parley on >hush resetchannels &parley:* ~parley:* -@all +publish +subscribe +unsubscribe +ping"
                        + " +script|load +evalsha +time +expire +del +get +set"
                        + " +zadd +zrem +zscore +zrangebyscore +zrevrange +hget +hset +hdel +hkeys +hgetall +hincrby"
                        + " +sadd +srem +srandmember +scard +sismember +smembers +sdiff"));

        assertHeard("redis://parley:hush@127.0.0.1:" + redis.port());
    }

    @Test
    void tls() throws Exception {
        Certificates certificates = Certificates.ec("localhost");
        Path certificate = folder.resolve("certificate.pem");
        Path key = folder.resolve("key.pem");
        certificates.writeCertificate(certificate);
        certificates.writeKey(key);
        int port = OwnRedis.freePort();
        opened(OwnRedis.start(
                "--tls-port", "" + port,
                "--tls-cert-file", certificate.toString(),
                "--tls-key-file", key.toString(),
                "--tls-ca-cert-file", certificate.toString(),
                "--tls-auth-clients", "no"));
        String before = System.getProperty("javax.net.ssl.trustStore");
        System.setProperty("javax.net.ssl.trustStore", trustStore(certificate).toString());
        try {
            assertHeard("rediss://localhost:" + port);
        } finally {
            if (before == null) {
                System.clearProperty("javax.net.ssl.trustStore");
            } else {
                System.setProperty("javax.net.ssl.trustStore", before);
            }
        }
    }

    @Test
    void aSentinelThatFindsAnotherWhenTheMainOneDies() throws Exception {
        OwnRedis main = opened(OwnRedis.start());
        OwnRedis second = opened(OwnRedis.start("--replicaof", "127.0.0.1 " + main.port()));
        OwnRedis sentinel = opened(OwnRedis.sentinelOf(main, folder));
        awaitReplica(second);
        String url = "redis-sentinel://127.0.0.1:" + sentinel.port() + "/0#main";
        Neighbour one = opened(new Neighbour(url, epoch));
        Neighbour two = opened(new Neighbour(url, epoch));
        one.watch(LOBBY);
        two.watch(LOBBY);
        one.neighbours().enter(LOBBY, "anna");
        two.awaitElsewhere(LOBBY, Set.of("anna"));
        awaitFound(sentinel);

        main.kill();
        one.neighbours().enter(LOBBY, "bert");

        two.awaitElsewhere(LOBBY, Set.of("anna", "bert"));
        assertEquals(List.of("+anna", "+bert"), two.told());
    }

    private void assertHeard(String url) throws Exception {
        Neighbour one = opened(new Neighbour(url, epoch));
        Neighbour two = opened(new Neighbour(url, epoch));
        two.watch(LOBBY);
        one.neighbours().enter(LOBBY, "anna");
        two.awaitElsewhere(LOBBY, Set.of("anna"));
        two.neighbours().enter(LOBBY, "anna");
        one.neighbours().leave(LOBBY, "anna");
        two.awaitElsewhere(LOBBY, Set.of());
        assertEquals(1, Neighbour.get(one.ledger().connections("anna", 1)));
        assertEquals(3, Neighbour.get(two.ledger().connections("anna", 2)));
        assertEquals(2, Neighbour.get(one.ledger().spent("joins", "anna", 2, Duration.ZERO, Duration.ofHours(1), 9)));
        Neighbour.await(() -> "nobody is counted", () -> crowds(one).equals(Map.of(LOBBY, 1)));
        // The rights are enough for a burial too.
        two.close();
        Neighbour.await(() -> "the dead are not taken away", () -> crowds(one).isEmpty());
    }

    private static Map<RoomName, Integer> crowds(Neighbour server) {
        try {
            return Neighbour.get(server.neighbours().crowds(10));
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private static void awaitReplica(OwnRedis replica) {
        Neighbour.await(() -> "no replica", () -> info(replica, "replication").contains("master_link_status:up"));
    }

    private static void awaitFound(OwnRedis sentinel) {
        Neighbour.await(() -> "not found", () -> info(sentinel, "sentinel").contains("slaves=1"));
    }

    private static String info(OwnRedis server, String section) {
        try (RedisClient client = RedisClient.create(server.url())) {
            return client.connect().sync().info(section);
        }
    }

    private Path trustStore(Path certificate) throws Exception {
        KeyStore store = KeyStore.getInstance("JKS");
        store.load(null, null);
        try (var in = Files.newInputStream(certificate)) {
            store.setCertificateEntry(
                    "redis", CertificateFactory.getInstance("X.509").generateCertificate(in));
        }
        Path file = folder.resolve("trust.jks");
        try (var out = Files.newOutputStream(file)) {
            store.store(out, "changeit".toCharArray());
        }
        return file;
    }

    private <T extends AutoCloseable> T opened(T made) {
        open.push(made);
        return made;
    }
}
