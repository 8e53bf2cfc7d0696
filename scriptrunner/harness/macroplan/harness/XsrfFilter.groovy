package macroplan.harness

import jakarta.servlet.http.*
import javax.servlet.http.*

/** What the platform refuses by itself among POSTs. PUT and DELETE from elsewhere pass, as they were seen to. */
class XsrfFilter {
    private static final List<String> FORMS = ['application/x-www-form-urlencoded', 'multipart/form-data', 'text/plain']

    static boolean refuses(HttpServletRequest request) {
        if (request.method != 'POST') return false
        boolean isBrowser = (request.getHeader('User-Agent') ?: '').contains('Mozilla/')
        String from = request.getHeader('Origin') ?: request.getHeader('Referer')
        if (isBrowser && from != null && !isSameOrigin(from, request)) return true
        String type = request.contentType?.split(';')?.first()?.trim()
        boolean isForm = type == null || type in FORMS
        return isForm && !(request.getHeader('X-Atlassian-Token') in ['no-check', 'nocheck'])
    }

    private static boolean isSameOrigin(String from, HttpServletRequest request) {
        String own = "${request.scheme}://${request.serverName}:${request.serverPort}"
        return from == own || from.startsWith(own + '/')
    }
}
