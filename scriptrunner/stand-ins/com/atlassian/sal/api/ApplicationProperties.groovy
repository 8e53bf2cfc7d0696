package com.atlassian.sal.api

/** Stand-in. */
class ApplicationProperties {
    String canonical = 'http://localhost:8090'
    String context = ''

    String getBaseUrl(UrlMode mode) {
        return mode == UrlMode.RELATIVE ? context : canonical + context
    }
}
