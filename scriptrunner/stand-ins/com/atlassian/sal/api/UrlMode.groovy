package com.atlassian.sal.api

/** Stand-in. */
enum UrlMode { CANONICAL, ABSOLUTE, RELATIVE, RELATIVE_CANONICAL, AUTO }
