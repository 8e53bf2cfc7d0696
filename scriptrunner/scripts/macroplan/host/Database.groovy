package macroplan.host

import com.onresolve.scriptrunner.db.DatabaseUtil
import groovy.transform.CompileStatic
import java.sql.Connection
import java.sql.PreparedStatement
import java.sql.ResultSet

/** One statement on one pooled connection, with nothing else done while it is held. Autocommit makes it one transaction. */
final class Database {
    /** The first cell of the first row; null where there is none. */
    static String text(String select, List values) {
        return row(select, values)?.first()
    }

    /**
     * The first row, as texts; null where there is none. Values are bound, as text: a statement casts what is none. A
     * statement that takes longer than `secondsMax` is given up; 0 leaves that to the role's own limit.
     */
    static List<String> row(String select, List values, int secondsMax = 0) {
        return DatabaseUtil.withSql(Site.POOL) { sql -> firstRow(sql.connection, select, values, secondsMax) } as List<String>
    }

    @CompileStatic
    private static List<String> firstRow(Connection connection, String select, List values, int secondsMax) {
        PreparedStatement statement = connection.prepareStatement(select)
        try {
            if (secondsMax > 0) statement.queryTimeout = secondsMax
            for (int at = 0; at < values.size(); at++) statement.setString(at + 1, values[at]?.toString())
            ResultSet result = statement.executeQuery()
            if (!result.next()) return null
            List<String> cells = []
            for (int column = 1; column <= result.metaData.columnCount; column++) cells.add(result.getString(column))
            return cells
        } finally {
            statement.close()
        }
    }
}
