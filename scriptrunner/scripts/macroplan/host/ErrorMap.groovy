package macroplan.host

import groovy.json.JsonSlurper
import java.sql.SQLException
import java.sql.SQLTransientConnectionException

/**
 * The one place where an error becomes an answer; infra/host/error-map.ts is the same for the other host. Requests that make
 * no sense are raised by the database as MP4xx and keep their status, code and sentence; a database that is busy or away is
 * 503; whatever is left is 500 and says nothing of what is inside.
 */
final class ErrorMap {
    static Answer answerTo(Throwable error) {
        if (error instanceof Problem) return answer(error.status, error.code, error.message, error)
        List<Throwable> causes = causesOf(error)
        Throwable database = causes.find { it instanceof SQLException && it.SQLState != null }
        boolean isAway = causes.any { it instanceof SQLTransientConnectionException || isUnknownPool(it) }
        if (isAway) return busy(error)
        return database == null ? internal(error) : answerToState(database.SQLState as String, database, error)
    }

    /** Five characters: https://www.postgresql.org/docs/current/errcodes-appendix.html, and ours, MP and an HTTP status. */
    private static Answer answerToState(String state, Throwable database, Throwable error) {
        if (state ==~ /MP4\d\d/) {
            int status = state.substring(2).toInteger()
            return answer(status, codeIn(database) ?: CODE_OF_STATUS[status] ?: 'bad_request', sentenceOf(database), error)
        }
        if (state == '42501') return answer(403, 'forbidden', 'You may not do this.', error)
        // Serialization, deadlock, lock and statement timeouts, no resources, being shut down, no connection: all pass.
        if (state in ['40001', '40P01', '55P03'] || state ==~ /(53|57|08).*/) return busy(error)
        // A function that this statement had begun to use was replaced by an upgrade; the next one finds its successor.
        if (state == 'XX000' && sentenceOf(database).startsWith('cache lookup failed for function')) return busy(error)
        // A zero byte or a broken character inside a value: PostgreSQL's text cannot hold it.
        if (state == '22021') return answer(400, 'bad_request', 'The request holds a character that cannot be stored.', error)
        return internal(error)
    }

    private static final Map<Integer, String> CODE_OF_STATUS = [
        400: 'bad_request',
        401: 'signed_out',
        403: 'forbidden',
        404: 'not_found',
        413: 'too_large',
        415: 'not_json',
        426: 'too_old',
        429: 'slow_down',
    ].asImmutable()

    /** The driver's own class, whose name differs between drivers: asked by its properties. */
    private static String codeIn(Throwable database) {
        String detail = serverMessage(database)?.detail
        try {
            Object read = detail == null ? null : new JsonSlurper().parseText(detail)
            return read instanceof Map && read.code instanceof String ? read.code : null
        } catch (IllegalArgumentException ignored) {
            // A detail that is no JSON was not written for us: the status says enough.
            return null
        }
    }

    /** Without the server's words, the driver's text: "ERROR: …" and further lines that are not for people. */
    private static String sentenceOf(Throwable database) {
        return serverMessage(database)?.message ?: (database.message ?: '').readLines().first().replaceFirst(/^\w+: /, '')
    }

    private static Object serverMessage(Throwable database) {
        return database.hasProperty('serverErrorMessage') ? database.serverErrorMessage : null
    }

    private static List<Throwable> causesOf(Throwable error) {
        List<Throwable> causes = []
        for (Throwable one = error; one != null && causes.size() < 10; one = one.cause) causes << one
        return causes
    }

    private static boolean isUnknownPool(Throwable error) {
        return error.class.simpleName == 'NoSuchDataSourceException'
    }

    private static Answer busy(Throwable error) {
        Problem busy = Problem.busy()
        return answer(busy.status, busy.code, busy.message, error)
    }

    private static Answer internal(Throwable error) {
        return answer(500, 'internal', 'Something went wrong on the server. Nothing was changed.', error)
    }

    private static Answer answer(int status, String code, String message, Throwable error) {
        Answer answer = Answer.error(status, code, message)
        if (status == 503 || status == 429) answer.with('Retry-After', '5')
        // What we said ourselves is no news for the log, and under load it would be said many times a second.
        if (status >= 500 && !(error instanceof Problem)) answer.failure = error
        return answer
    }
}
