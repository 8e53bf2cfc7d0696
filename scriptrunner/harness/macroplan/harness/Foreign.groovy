package macroplan.harness

import jakarta.servlet.http.*
import javax.servlet.http.*

/** An answer of the platform's own: not our form, and none of our headers. */
class Foreign {
    static void answer(HttpServletResponse response, int status, String message) {
        response.status = status
        response.contentType = 'application/json;charset=UTF-8'
        response.writer.write("{\"message\":\"${message}\",\"status-code\":${status}}")
    }

    static void text(HttpServletResponse response, int status, String type, String text) {
        response.status = status
        response.contentType = type
        response.writer.write(text)
    }
}
