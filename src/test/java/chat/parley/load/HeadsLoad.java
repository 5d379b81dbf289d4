package chat.parley.load;

import chat.parley.config.Settings;
import chat.parley.config.SettingsLoader;
import chat.parley.protocol.RoomName;
import chat.parley.store.MessageStore;
import chat.parley.store.Postgres;
import chat.parley.store.Stores;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Measures the look at the heads of rooms that every node takes once a second: {@code HeadsLoad <rooms> <times>}, in a PostgreSQL
 * that it starts, which has twice as many rooms. Prints how long one look takes, the processor time of this side, and the
 * plan of the query.
 */
final class HeadsLoad {

    private HeadsLoad() {}

    public static void main(String[] arguments) throws Exception {
        int count = Integer.parseInt(arguments[0]);
        int times = Integer.parseInt(arguments[1]);
        String url = Postgres.NEW.schema();
        Settings.Store settings =
                SettingsLoader.of(Map.of("parley.store.url", url)).store();
        try (MessageStore store = Stores.open(settings, Clock.systemUTC());
                Connection connection = Postgres.connect(url);
                Statement statement = connection.createStatement()) {
            statement.execute("insert into room (name, head, first, last_timestamp) select 'room-' || n, 7, 1, 0"
                    + " from generate_series(1, " + 2 * count + ") n");
            statement.execute("analyze room");
            List<RoomName> rooms = new ArrayList<>();
            for (int i = 1; i <= 2 * count; i++) {
                rooms.add(new RoomName("room-" + i));
            }
            Collections.shuffle(rooms, new Random(1));
            List<RoomName> asked = rooms.subList(0, count);

            long[] micros = new long[times];
            long cpu = 0;
            for (int i = -5; i < times; i++) {
                long begin = System.nanoTime();
                long used = ProcessHandle.current()
                        .info()
                        .totalCpuDuration()
                        .orElseThrow()
                        .toNanos();
                if (store.heads(asked).size() != count) {
                    throw new IllegalStateException("not all rooms were found");
                }
                if (i >= 0) {
                    micros[i] = (System.nanoTime() - begin) / 1_000;
                    cpu += ProcessHandle.current()
                                    .info()
                                    .totalCpuDuration()
                                    .orElseThrow()
                                    .toNanos()
                            - used;
                }
            }
            Arrays.sort(micros);
            System.out.printf(
                    "%,d rooms: p50 %.1f ms, max %.1f ms, %.1f ms of this side's processor%n",
                    count, micros[times / 2] / 1e3, micros[times - 1] / 1e3, cpu / 1e6 / times);
            explain(statement, count);
        }
    }

    private static void explain(Statement statement, int count) throws Exception {
        String asked = "select name, head, first from room where name = any((select array_agg('room-' || 2 * n)"
                + " from generate_series(1, " + count + ") n)::text[]) and head > 0";
        try (ResultSet row = statement.executeQuery("explain (analyze, costs off) " + asked)) {
            while (row.next()) {
                String line = row.getString(1);
                System.out.println(line.length() > 200 ? line.substring(0, 200) + " ..." : line);
            }
        }
    }
}
