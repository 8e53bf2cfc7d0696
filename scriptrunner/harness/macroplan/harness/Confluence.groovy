package macroplan.harness

import com.atlassian.confluence.user.AuthenticatedUserThreadLocal
import com.atlassian.confluence.user.UserAccessor
import jakarta.servlet.http.*
import javax.servlet.http.*

/** The way of a request through the stand-in: session, XSRF filter, rate limit headers, then an endpoint or a page. */
class Confluence extends HttpServlet {
    static final String CUSTOM = '/rest/scriptrunner/latest/custom/'
    Endpoints endpoints
    Workshop workshop

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) {
        AuthenticatedUserThreadLocal.set(UserAccessor.withKey(sessionOf(request)))
        try {
            answer(request, response)
        } finally {
            AuthenticatedUserThreadLocal.reset()
        }
    }

    private Object answer(HttpServletRequest request, HttpServletResponse response) {
        // Seen on answers that were not refused as well, so a client must not obey them there.
        response.setHeader('X-RateLimit-Remaining', '9')
        response.setHeader('Retry-After', '0')
        if (XsrfFilter.refuses(request)) return Foreign.text(response, 403, 'text/html', 'XSRF check failed')
        String path = request.pathInfo ?: '/'
        if (path.startsWith(CUSTOM)) return endpoints.serve(path.substring(CUSTOM.length()), request, response)
        workshop.serve(path, request, response)
    }

    /** Who is signed in: what the tests put into the place of a session. */
    private static String sessionOf(HttpServletRequest request) {
        String cookie = request.cookies?.find { it.name == 'macroplan_dev_user' }?.value
        return request.getHeader('X-Macroplan-Dev-User') ?: cookie ?: 'planner-a'
    }
}
