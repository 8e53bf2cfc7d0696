package macroplan.host

import groovy.json.JsonOutput
import groovy.transform.CompileStatic

/** What goes back, as plain values. */
@CompileStatic
final class Answer {
    static final String JSON = 'application/json;charset=UTF-8'

    int status = 200
    /** Null where there is no body. */
    String type
    /** String or byte[]; null for none. */
    Object body
    Map<String, String> headers = [:]
    /** What the log should hear of; null where all went well. */
    Throwable failure

    static Answer json(String text) {
        return new Answer(type: JSON, body: text)
    }

    static Answer error(int status, String code, String message) {
        return new Answer(status: status, type: JSON, body: JsonOutput.toJson([error: [code: code, message: message]]))
    }

    Answer with(String name, String value) {
        headers[name] = value
        return this
    }
}
