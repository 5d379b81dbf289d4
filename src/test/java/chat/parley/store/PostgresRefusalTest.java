package chat.parley.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Clock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A database that could not keep what is promised is refused at start by one line that says what to do. */
class PostgresRefusalTest {

    @ParameterizedTest
    @ValueSource(strings = {"off", "local", "remote_write"})
    void onlyACommitThatWaitsForTheDiskIsOne(String weak) {
        String url = Postgres.NEW.schema();

        assertTrue(refusal(Postgres.with(url, "options", "-c%20synchronous_commit=" + weak))
                .contains("synchronous_commit is " + weak + " there, set it to on"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"repeatable read", "serializable"})
    void onlyATransactionThatSeesWhatItWaitedForIsOne(String strict) {
        String option = "-c%20default_transaction_isolation=" + strict.replace(" ", "%5C%20");

        assertTrue(refusal(Postgres.with(Postgres.NEW.schema(), "options", option))
                .contains("default_transaction_isolation is " + strict + " there, set it to read committed"));
    }

    @Test
    void aDatabaseThatCannotBeWrittenToIsRefused() {
        String url = Postgres.with(Postgres.NEW.schema(), "options", "-c%20default_transaction_read_only=on");

        assertTrue(refusal(url).contains("cannot be written to: it is a standby, or read-only"));
    }

    @Test
    void aDatabaseThatCannotKeepEveryTextIsRefused() {
        String url = Postgres.OLD.database("encoding 'LATIN1' lc_collate 'C' lc_ctype 'C'");

        assertTrue(refusal(url).contains("keeps text as LATIN1: make one with ENCODING 'UTF8'"));
    }

    @Test
    void theTablesOfAnotherProgramAreLeftAlone() {
        String url = Postgres.NEW.schema();
        Postgres.execute(url, "create table thing (id integer)");

        assertTrue(refusal(url).contains("are not as this Parley left them"));
    }

    @Test
    void tablesOfANewerParleyAreLeftAlone() {
        String url = Postgres.NEW.schema();
        Stores.postgres(url, "", "", Clock.systemUTC()).close();
        Postgres.execute(
                url,
                "insert into schema_history select 99, '99', description, type, script, checksum, installed_by,"
                        + " installed_on, execution_time, success from schema_history where version = '1'");

        assertTrue(refusal(url).contains("was written by a newer Parley"));
    }

    @Test
    void aServerThatIsNotThereIsNamedWithoutWhatElseTheUrlSays() {
        String line = refusal("jdbc:postgresql://localhost:1/parley?sslpassword=hush");

        assertTrue(line.startsWith("the database postgresql://localhost:1/parley cannot be used: "), line);
        assertTrue(!line.contains("hush"), line);
    }

    @Test
    void whatTheDriverCannotReadIsNoAddress() {
        assertEquals(
                "parley.store.url is no address of PostgreSQL: jdbc:postgresql://host:5432/database is one",
                refusal("jdbc:postgresql://localhost:99999/parley"));
    }

    @Test
    void keysCompareByteByByteHoweverTheDatabaseSorts() throws Exception {
        String url = Postgres.OLD.schema();
        Stores.postgres(url, "", "", Clock.systemUTC()).close();
        String others = "select count(*) from pg_index i join pg_class t on t.oid = i.indrelid"
                + " join pg_attribute a on a.attrelid = t.oid and a.attnum = any (i.indkey)"
                + " where t.relnamespace = current_schema()::regnamespace and t.relname <> 'schema_history'"
                + " and a.attcollation <> 0 and a.attcollation <> (select oid from pg_collation where collname = 'C')";

        assertEquals(0, number(url, others));
        assertTrue(number(url, others.replace("and a.attcollation <> (", "and a.attcollation = (")) > 10);
    }

    private static int number(String url, String sql) throws Exception {
        try (Connection connection = Postgres.connect(url);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getInt(1);
        }
    }

    private static String refusal(String url) {
        String line = String.valueOf(assertThrows(
                        StoreRefusedException.class,
                        () -> Stores.postgres(url, "", "", Clock.systemUTC()).close())
                .getMessage());
        assertEquals(1, line.lines().count(), line);
        return line;
    }
}
