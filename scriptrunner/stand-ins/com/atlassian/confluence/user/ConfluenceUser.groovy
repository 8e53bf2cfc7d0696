package com.atlassian.confluence.user

import com.atlassian.sal.api.user.UserKey

/** Stand-in. */
class ConfluenceUser {
    UserKey key
    String name
    String fullName
    String email
}
