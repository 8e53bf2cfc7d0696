package com.onresolve.scriptrunner.runner.rest.common

import jakarta.servlet.http.*
import javax.servlet.http.*

/** Stand-in. Running the script registers one endpoint for each call of an unknown name with a map and a closure. */
abstract class CustomEndpointDelegate extends Script {
    final List<Map> endpoints = []

    Object methodMissing(String name, Object arguments) {
        Object[] given = arguments as Object[]
        if (!(given && given.last() instanceof Closure)) throw new MissingMethodException(name, this.class, given)
        endpoints << [name: name, config: given.length > 1 ? given[0] : [:], closure: given.last()]
        return null
    }

    /** With a leading slash; null where there is none. */
    String getAdditionalPath(HttpServletRequest request) {
        return request.getAttribute('stand-in.additional-path')
    }
}
