package macroplan.harness

import com.atlassian.confluence.user.AuthenticatedUserThreadLocal
import com.atlassian.confluence.user.ConfluenceUser
import com.atlassian.confluence.user.UserAccessor
import jakarta.servlet.http.*
import jakarta.ws.rs.core.*
import javax.servlet.http.*
import javax.ws.rs.core.*

/** What ScriptRunner does with /rest/scriptrunner/latest/custom/NAME/…: one instance of each script for all threads. */
class Endpoints {
    private final List<Map> registered

    Endpoints(List<Map> registered) {
        this.registered = registered
    }

    Object serve(String path, HttpServletRequest request, HttpServletResponse response) {
        // A suffix that names a type is taken off an address before anybody looks at it.
        String cut = path.replaceFirst(/\.(txt|html?|json|xml|atom)$/, '')
        List<String> parts = cut.split('/', 2) as List
        String verb = request.method == 'HEAD' ? 'GET' : request.method
        List<Map> named = registered.findAll { it.name == parts[0] }
        if (!named) return Foreign.answer(response, 404, 'No endpoint has this name.')
        Map endpoint = named.find { it.config.httpMethod == verb }
        if (endpoint == null) return Foreign.answer(response, 405, 'Method not allowed.')
        int refused = refusal(endpoint.config.groups as List, AuthenticatedUserThreadLocal.get())
        if (refused) return Foreign.answer(response, refused, 'You may not use this endpoint.')
        request.setAttribute('stand-in.additional-path', parts.size() > 1 ? '/' + parts[1] : null)
        write(call(endpoint.closure as Closure, request), response)
    }

    private static int refusal(List<String> groups, ConfluenceUser user) {
        if (groups == null) return 0
        if (user == null) return 401
        return new UserAccessor().getGroupNames(user).any { it in groups } ? 0 : 403
    }

    /** By the types that the closure declares; a body that it does not declare stays unread. */
    private static Response call(Closure closure, HttpServletRequest request) {
        List arguments = closure.parameterTypes.collect { Class type ->
            if (MultivaluedMap.isAssignableFrom(type)) return new QueryMap()
            if (HttpServletRequest.isAssignableFrom(type)) return request
            if (type == String) return request.inputStream.getText('UTF-8')
            throw new IllegalStateException("An endpoint declares a parameter of ${type}")
        }
        return closure.call(*arguments) as Response
    }

    private static void write(Response from, HttpServletResponse to) {
        to.status = from.status
        // The platform's own Retry-After was seen on answers that were taken; nothing is known of it beside one of ours.
        from.metadata.each { name, values -> values.each { to.setHeader(name as String, it.toString()) } }
        Object entity = from.entity
        if (entity == null) return
        if (to.getHeader('Content-Type') == null) throw new IllegalStateException('An answer does not say what it is')
        byte[] bytes = entity instanceof byte[] ? entity : entity.toString().getBytes('UTF-8')
        to.contentLength = bytes.length
        to.outputStream.write(bytes)
    }
}
