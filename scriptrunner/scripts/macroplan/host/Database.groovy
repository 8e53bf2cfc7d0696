package macroplan.host

import com.onresolve.scriptrunner.db.DatabaseUtil
import java.sql.PreparedStatement
import java.sql.ResultSet

/** One statement on one pooled connection, with nothing else done while it is held. Autocommit makes it one transaction. */
final class Database {
    /** The first cell of the first row; null where there is none. */
    static String text(String select, List values) {
        return row(select, values)?.first()
    }

    /** The first row, as texts; null where there is none. Values are bound, as text: a statement casts what is none. */
    static List<String> row(String select, List values) {
        DatabaseUtil.withSql(Site.POOL) { sql ->
            PreparedStatement statement = sql.connection.prepareStatement(select)
            try {
                values.eachWithIndex { value, int at -> statement.setString(at + 1, value?.toString()) }
                ResultSet result = statement.executeQuery()
                if (!result.next()) return null
                return (1..result.metaData.columnCount).collect { int column -> result.getString(column) }
            } finally {
                statement.close()
            }
        } as List<String>
    }
}
