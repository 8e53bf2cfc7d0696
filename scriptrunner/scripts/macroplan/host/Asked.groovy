package macroplan.host

import groovy.transform.CompileStatic

/** One request, as plain values: nothing behind this class knows whether the platform is javax or jakarta. */
@CompileStatic
final class Asked {
    /** The verb under which the endpoint was registered; a HEAD is asked as a GET. */
    String method
    /** Below the endpoint: '' or with a leading slash, perhaps decoded, perhaps shortened by the platform. */
    String path
    /** The whole path as it went over the wire. */
    String address
    /** As it went over the wire; null where there is none. */
    String query
    /** A header's value by its name, or null. */
    Closure<String> headerNamed
    /** The stream of the body. */
    Closure<InputStream> body
    /** The release of the endpoint, which may differ from ours where the platform kept old classes. */
    String release
    /** Scheme, host and port by which the servlet container knows itself. */
    String server
    /** Who is signed in, as `Platform.asker` says it; null for nobody. */
    Closure<Map> asker

    /** Null where the request has none of this name. */
    String header(String name) {
        return headerNamed.call(name) as String
    }
}
