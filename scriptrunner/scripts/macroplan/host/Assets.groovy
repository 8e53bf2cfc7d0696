package macroplan.host

import java.util.zip.GZIPInputStream

/** The standalone page, its service worker and the hashed files: the same for everybody, and without data. */
final class Assets {
    /** No inline script runs, so nothing that a planner types can become one. Bars are placed by inline styles. */
    private static final String POLICY = [
        "default-src 'self'",
        "script-src 'self'",
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data:",
        "object-src 'none'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'self'",
    ].join('; ')

    static Answer page() {
        return new Answer(type: 'text/html;charset=UTF-8', body: plain('standalone.html'))
            .with('Content-Security-Policy', POLICY)
            .with('Cache-Control', 'no-cache')
    }

    /** `scope`: the path below which the page lives. */
    static Answer serviceWorker(String scope) {
        return new Answer(type: 'text/javascript;charset=UTF-8', body: plain('sw.js'))
            .with('Service-Worker-Allowed', scope)
            .with('Cache-Control', 'no-cache')
    }

    /** Only names of the bundle are ever served, and they are looked up in a map: no path reaches a disk. */
    static Answer file(String name, String accepted) {
        // The page and its service worker have paths of their own.
        if (!Bundle.FILES.containsKey(name) || name in ['standalone.html', 'sw.js']) {
            throw Problem.notFound('There is no such file in this version. Reload the page.')
        }
        boolean isPacked = (accepted ?: '').toLowerCase(Locale.ROOT) ==~ /(.*,)?\s*gzip\s*(,.*|;(?!\s*q=0(\.0*)?\s*(,|$)).*)?/
        Answer answer = new Answer(
            type: name.endsWith('.js') ? 'text/javascript;charset=UTF-8' : 'text/css;charset=UTF-8',
            body: isPacked ? packed(name) : plain(name),
        )
        if (isPacked) answer.with('Content-Encoding', 'gzip')
        return answer.with('Vary', 'Accept-Encoding').with('Cache-Control', 'private, max-age=31536000, immutable')
    }

    private static byte[] plain(String name) {
        return new GZIPInputStream(new ByteArrayInputStream(packed(name))).readAllBytes()
    }

    private static byte[] packed(String name) {
        return Base64.decoder.decode(Bundle.FILES[name].join(''))
    }
}
