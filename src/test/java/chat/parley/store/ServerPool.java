package chat.parley.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.nio.file.Path;
import javax.sql.DataSource;
import org.sqlite.SQLiteDataSource;

/** A pool as an application server has it: of the driver as it is, with auto-commit, and told nothing of Parley. */
final class ServerPool implements AutoCloseable {

    private static final int CONNECTIONS = 5;

    private final HikariDataSource pool;

    ServerPool(Path file) {
        this("jdbc:sqlite:" + file);
    }

    ServerPool(String url) {
        SQLiteDataSource source = new SQLiteDataSource();
        source.setUrl(url);
        HikariConfig config = new HikariConfig();
        config.setDataSource(source);
        config.setMaximumPoolSize(CONNECTIONS);
        this.pool = new HikariDataSource(config);
    }

    DataSource source() {
        return pool;
    }

    /** How many connections somebody has. */
    int taken() {
        return pool.getHikariPoolMXBean().getActiveConnections();
    }

    @Override
    public void close() {
        pool.close();
    }
}
