package com.atlassian.confluence.user

/** Stand-in. */
class AuthenticatedUserThreadLocal {
    private static final ThreadLocal<ConfluenceUser> USER = new ThreadLocal<>()

    static ConfluenceUser get() {
        return USER.get()
    }

    static void set(ConfluenceUser user) {
        USER.set(user)
    }

    static void reset() {
        USER.remove()
    }
}
