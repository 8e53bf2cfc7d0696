package macroplan.host

import groovy.transform.CompileStatic

/**
 * What a request must show before anything is done for it. The platform checks origins too, but only for what it takes for a
 * browser, and only where its proxy settings are right; so we look ourselves.
 */
@CompileStatic
final class RequestChecks {
    /** The segments of the path. */
    static List<String> checked(Asked asked, Map who) {
        List<String> segments = Path.segments(asked)
        checkMeantUser(asked, who)
        if (asked.method == 'POST' && Routes.isPost(segments)) checkPost(asked)
        return segments
    }

    /** A page says for whom it asks; where somebody else has signed in since, its edits must not be applied in their name. */
    private static void checkMeantUser(Asked asked, Map who) {
        String meant = asked.header('X-Macroplan-User')
        if (meant == null || who == null || meant == UserHeader.of(who.user_key as String)) return
        throw new Problem(403, 'wrong_user', 'Somebody else is signed in on this browser. Your edits wait on this device.')
    }

    private static void checkPost(Asked asked) {
        if (asked.header('X-Atlassian-Token') != 'no-check') throw crossSite()
        // Browsers send Origin with every POST; Referer stands in where a proxy removed it.
        String from = asked.header('Origin') ?: asked.header('Referer')
        if (from != null && !(hostOf(from) in ownHosts(asked))) throw crossSite()
        if (!isJson(asked.header('Content-Type')) || !isPlain(asked.header('Content-Encoding'))) {
            throw new Problem(415, 'not_json', 'A request body must be JSON in UTF-8 (Content-Type: application/json).')
        }
    }

    /** The names by which a browser may know this server. No page elsewhere can set any of these headers unasked. */
    private static List<String> ownHosts(Asked asked) {
        List<String> names = [asked.header('Host'), asked.header('X-Forwarded-Host')?.split(',')?.first()]
        return names.findAll().collect { String name -> withoutDefaultPort(name.trim()) } + hostOf(Platform.baseUrl() ?: '')
    }

    /** '' (which no host is) for `null` and nonsense. */
    private static String hostOf(String url) {
        try {
            URI uri = new URI(url)
            return uri.host == null ? '' : withoutDefaultPort(uri.port < 0 ? uri.host : "${uri.host}:${uri.port}".toString())
        } catch (URISyntaxException ignored) {
            return ''
        }
    }

    private static String withoutDefaultPort(String name) {
        return name.toLowerCase(Locale.ROOT).replaceFirst(/:(80|443)$/, '')
    }

    private static boolean isJson(String type) {
        return (type ?: '') ==~ /(?i)application\/json\s*(;\s*charset="?utf-8"?\s*)?/
    }

    private static boolean isPlain(String encoding) {
        return encoding == null || encoding.equalsIgnoreCase('identity')
    }

    private static Problem crossSite() {
        return new Problem(403, 'cross_site', 'This request did not come from a page of this server.')
    }
}
