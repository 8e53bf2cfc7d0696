package macroplan.harness

import com.onresolve.scriptrunner.db.DatabaseUtil
import jakarta.servlet.http.*
import jakarta.ws.rs.core.*
import javax.servlet.http.*
import javax.ws.rs.core.*

/** Endpoints that a measurement puts beside ours: the same way through the platform, the same pool, and nothing else. */
class Bare {
    static final List<Map> ENDPOINTS = [
        endpoint('bare-select-1') { MultivaluedMap ignored, HttpServletRequest request ->
            answer(DatabaseUtil.withSql('macroplan') { sql -> sql.firstRow('select 1 as one').one.toString() })
        },
        // The door of a poll, with `plan&cursor` for a query: what is left of a poll where nothing of ours is around it.
        endpoint('bare-delta') { MultivaluedMap ignored, HttpServletRequest request ->
            String select = 'select etag from api.delta(?::jsonb, ?, ?, ?)'
            def (String plan, String cursor) = request.queryString.split('&')
            answer(DatabaseUtil.withSql('macroplan') { sql -> sql.firstRow(select, [WHO, plan, cursor, cursor]).etag })
        },
    ]

    private static final String WHO = '{"user_key":"admin","display_name":"Admin","groups":["confluence-users"],"is_admin":true}'

    private static Map endpoint(String name, Closure closure) {
        return [name: name, config: [httpMethod: 'GET', groups: ['confluence-users']], closure: closure]
    }

    private static Response answer(String text) {
        return Response.status(200).type('text/plain;charset=UTF-8').entity(text).build()
    }
}
