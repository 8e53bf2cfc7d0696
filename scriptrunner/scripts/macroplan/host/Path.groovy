package macroplan.host

import groovy.transform.CompileStatic
import java.util.regex.Pattern

/** The path below the endpoint, in segments. */
@CompileStatic
final class Path {
    /**
     * The platform may decode an additional path, cut a suffix such as `.json` off it, or drop a slash at its end; whatever it
     * did, an address that is not word for word what was asked is none of ours. So is one with characters that ours never hold.
     */
    static List<String> segments(Asked asked) {
        Percent.decoded(asked.address)
        if (!asked.address.endsWith('/macroplan' + asked.path)) throw nothingHere()
        if (!OURS.matcher(asked.path).matches()) throw nothingHere()
        return Arrays.asList(asked.path.substring(1).split('/'))
    }

    private static final Pattern OURS = Pattern.compile('(/[A-Za-z0-9._-]+)+')

    /** What stands before the segments, with the slash between: the place of everything that is ours. */
    static String below(Asked asked) {
        return asked.address.substring(0, asked.address.length() - asked.path.length()) + '/'
    }

    static Problem nothingHere() {
        return Problem.notFound('There is nothing at this address.')
    }
}
