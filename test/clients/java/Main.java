import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.Properties;
import java.util.StringJoiner;

/** The queries of clients.ts through ClickHouse's JDBC driver with its defaults, as DBeaver and Metabase have it. */
public class Main {
    public static void main(String[] args) throws SQLException {
        Map<String, String> env = System.getenv();
        Properties user = new Properties();
        user.setProperty("user", env.get("CLICKHOUSE_USER"));
        user.setProperty("password", env.get("CLICKHOUSE_PASSWORD"));
        String url = "jdbc:clickhouse://" + env.get("CLICKHOUSE_HOST") + ":" + env.get("CLICKHOUSE_PORT") + "/default";
        try (Connection connection = DriverManager.getConnection(url, user)) {
            StringJoiner costs = new StringJoiner(",", "{", "}");
            try (Statement statement = connection.createStatement();
                    ResultSet rows = statement.executeQuery(env.get("COSTS_BY_PROJECT"))) {
                while (rows.next()) {
                    BigDecimal amount = rows.getBigDecimal(2);
                    costs.add("\"" + rows.getString(1) + "\":\"" + amount.toPlainString() + "\"");
                }
            }
            String comment = "";
            try (ResultSet tables = connection.getMetaData().getTables(null, "default", "costs", null)) {
                if (tables.next()) comment = tables.getString("REMARKS");
            }
            try (Statement statement = connection.createStatement()) {
                statement.execute("CREATE OR REPLACE TABLE analytics.from_java (n UInt32, s String) ORDER BY n");
            }
            try (PreparedStatement insert =
                    connection.prepareStatement("INSERT INTO analytics.from_java VALUES (?, ?)")) {
                for (int n = 0; n < 1000; n++) {
                    insert.setInt(1, n);
                    insert.setString(2, "it's " + n);
                    insert.addBatch();
                }
                insert.executeBatch();
            }
            long written;
            try (Statement statement = connection.createStatement();
                    ResultSet rows = statement.executeQuery("SELECT count() FROM analytics.from_java")) {
                rows.next();
                written = rows.getLong(1);
            }
            System.out.println("{\"costs\":" + costs + ",\"written\":" + written + ",\"hasComment\":" + !comment.isEmpty() + "}");
        }
    }
}
