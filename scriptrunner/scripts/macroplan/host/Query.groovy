package macroplan.host

import groovy.transform.CompileStatic

/** Values of an address's query, each checked where it is read. A value given twice, or that is no such thing, is a 400. */
@CompileStatic
final class Query {
    private final Map<String, List<String>> values = [:]

    Query(String query) {
        for (String pair : (query ?: '').split('&')) {
            if (pair.isEmpty()) continue
            int at = pair.indexOf('=')
            String name = read(at < 0 ? pair : pair.substring(0, at))
            List<String> given = values[name] ?: []
            given.add(read(at < 0 ? '' : pair.substring(at + 1)))
            values[name] = given
        }
    }

    /** Null where it is not given. */
    String text(String name) {
        List<String> given = values[name] ?: []
        if (given.size() > 1) throw Problem.badRequest("\"${name}\" is given more than once.".toString())
        return given ? given.first() : null
    }

    /** A whole number from 0 to 2^53 - 1, as text. */
    String count(String name) {
        return matching(name, 'a whole number') { String it -> it ==~ /\d{1,16}/ && it.toLong() < (1L << 53) }
    }

    String uuid(String name) {
        return matching(name, 'an id') { String it -> it ==~ /(?i)[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/ }
    }

    String choice(String name, List<String> choices) {
        return matching(name, "one of ${choices.join(', ')}".toString()) { String it -> it in choices }
    }

    private String matching(String name, String what, Closure<Boolean> isGood) {
        String value = text(name)
        if (value != null && !isGood(value)) throw Problem.badRequest("\"${name}\" must be ${what}.".toString())
        return value
    }

    private static String read(String encoded) {
        return Percent.decoded(encoded.replace('+', ' '))
    }
}
