package com.atlassian.sal.api.user

/** Stand-in. Its text is not the key. */
class UserKey {
    final String stringValue

    UserKey(String stringValue) {
        this.stringValue = stringValue
    }
}
