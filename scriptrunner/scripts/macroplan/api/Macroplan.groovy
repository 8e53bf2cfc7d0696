package macroplan.api

import com.onresolve.scriptrunner.runner.rest.common.CustomEndpointDelegate
import groovy.transform.BaseScript
import jakarta.servlet.http.*
import jakarta.ws.rs.core.*
import javax.servlet.http.*
import javax.ws.rs.core.*
import macroplan.host.Answer
import macroplan.host.Asked
import macroplan.host.Front
import macroplan.host.Platform
import macroplan.host.Site

// The only endpoint of Macroplan: everything of the wire contract lies below its additional path. This file alone
// knows the platform's classes for HTTP, which are called jakarta on Confluence 10 and javax before; a star import of a package
// that is not there is ignored, so one source serves both.
// Release: development

@BaseScript CustomEndpointDelegate delegate

// With the request and without a body among the parameters the platform leaves the body unread, so that we can bound it.
macroplan(httpMethod: 'GET', groups: Site.USERS) { MultivaluedMap ignored, HttpServletRequest request ->
    respond('GET', request, getAdditionalPath(request))
}

macroplan(httpMethod: 'POST', groups: Site.USERS) { MultivaluedMap ignored, HttpServletRequest request ->
    respond('POST', request, getAdditionalPath(request))
}

Response respond(String method, HttpServletRequest request, String additionalPath) {
    Answer answer = Front.answer(new Asked(
        method: method,
        path: additionalPath ?: '',
        address: request.requestURI,
        query: request.queryString,
        headerNamed: { String name -> request.getHeader(name) },
        body: { request.inputStream },
        release: 'development',
        server: "${request.scheme}://${request.serverName}:${request.serverPort}".toString(),
        asker: { Platform.asker() },
    ))
    if (answer.failure != null) {
        log.error("macroplan ${answer.headers['X-Request-Id']}: ${answer.status} on ${method}".toString(), answer.failure)
    }
    def response = Response.status(answer.status)
    answer.headers.each { name, value -> response.header(name, value) }
    if (answer.type != null) response.type(answer.type)
    if (answer.body != null) response.entity(answer.body)
    return response.build()
}
