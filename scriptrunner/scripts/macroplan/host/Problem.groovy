package macroplan.host

import groovy.transform.CompileStatic

/** What is answered instead of a reply: thrown anywhere in a request, answered in one place, `ErrorMap`. */
@CompileStatic
final class Problem extends RuntimeException {
    final int status
    final String code

    Problem(int status, String code, String message) {
        super(message)
        this.status = status
        this.code = code
    }

    static Problem badRequest(String message) {
        return new Problem(400, 'bad_request', message)
    }

    static Problem busy() {
        return new Problem(503, 'busy', 'The server is busy or its database is away. Nothing was changed; please try again.')
    }

    static Problem notFound(String message) {
        return new Problem(404, 'not_found', message)
    }
}
