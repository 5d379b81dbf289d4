package chat.parley.store;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Clock;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** No statement takes a whole table, which would take longer one day than a statement may; and yet nobody is left out. */
@Timeout(120)
class ManyAccountsTest {

    @ParameterizedTest
    @ValueSource(ints = {0, 1, Rows.PAGE, 2 * Rows.PAGE + 1})
    void allAreReadPageByPage(int many) throws Exception {
        String url = Postgres.NEW.schema();
        try (MessageStore store = Stores.postgres(url, "", "", Clock.systemUTC())) {
            Postgres.execute(
                    url,
                    "insert into account (account_key, name, skeleton, password_hash, created)"
                            + " select k, k, k, '', 1 from " + keys(many),
                    "insert into session (session_key, secret_hash, account_key, created, expires)"
                            + " select k, 's', 'u', 1, 10 from " + keys(many),
                    "insert into session (session_key, secret_hash, account_key, created, expires)"
                            + " select k || ' over', 's', 'u', 1, 5 from " + keys(many),
                    "insert into external_user (skeleton, name, external_key, since) select k, k, 'x', 1 from "
                            + keys(many));
            List<String> all =
                    IntStream.range(0, many).mapToObj("k%06d"::formatted).toList();
            AccountStore accounts = store.accounts();

            assertEquals(
                    all, accounts.accounts().stream().map(StoredAccount::key).toList());
            assertEquals(
                    all, accounts.sessions(5).stream().map(StoredSession::key).toList());
            assertEquals(
                    all,
                    accounts.externalUsers().stream()
                            .map(StoredExternalUser::skeleton)
                            .toList());
        }
    }

    @Test
    void aSessionThatIsOverTakesNoPlaceOfOneThatIsNot() throws Exception {
        String url = Postgres.NEW.schema();
        try (MessageStore store = Stores.postgres(url, "", "", Clock.systemUTC())) {
            Postgres.execute(
                    url,
                    "insert into session (session_key, secret_hash, account_key, created, expires)"
                            + " select k, 's', 'u', 1, 5 from " + keys(Rows.PAGE),
                    "insert into session (session_key, secret_hash, account_key, created, expires)"
                            + " values ('last', 's', 'u', 1, 10)");

            assertEquals(
                    List.of("last"),
                    store.accounts().sessions(5).stream()
                            .map(StoredSession::key)
                            .toList());
        }
    }

    private static String keys(int many) {
        return "(select 'k' || lpad((n - 1)::text, 6, '0') k from generate_series(1, " + many + ") n) keys";
    }
}
