package com.onresolve.scriptrunner.db

import groovy.sql.Sql
import java.sql.Connection
import java.util.concurrent.ConcurrentHashMap
import javax.sql.DataSource

/** Stand-in for ScriptRunner's database resources. A thread that holds a connection and asks for another is told off. */
class DatabaseUtil {
    static final Map<String, DataSource> POOLS = new ConcurrentHashMap<>()
    private static final ThreadLocal<Boolean> HOLDS = new ThreadLocal<>()

    static Object withSql(String pool, Closure work) {
        DataSource source = POOLS[pool]
        if (source == null) throw new NoSuchDataSourceException("No data source named ${pool}")
        if (HOLDS.get()) throw new IllegalStateException('withSql inside withSql: a pool of one would never answer')
        Connection connection = source.connection
        HOLDS.set(true)
        try {
            return work.call(new Sql(connection))
        } finally {
            HOLDS.remove()
            connection.close()
        }
    }
}
