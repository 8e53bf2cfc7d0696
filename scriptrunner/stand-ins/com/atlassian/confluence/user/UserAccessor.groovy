package com.atlassian.confluence.user

/** Stand-in. The names of people are not their keys, since people get renamed. */
class UserAccessor {
    private static final Map<String, List<String>> GROUPS = [
        'viewer': ['confluence-users'],
        'planner-a': ['confluence-users'],
        'planner-b': ['confluence-users'],
        'lead': ['confluence-users'],
        'admin': ['confluence-users', 'macroplan-admins'],
        'stranger': ['other-users'],
    ]
    private static final Map<String, String> NAMES = [
        'viewer': 'Viewer', 'planner-a': 'Planner A', 'planner-b': 'Planner B', 'lead': 'Lead', 'admin': 'Admin',
        'stranger': 'Stranger',
    ]

    /** Null for anybody else. */
    static ConfluenceUser withKey(String key) {
        if (!(key in NAMES.keySet())) return null
        return new ConfluenceUser(
            key: new com.atlassian.sal.api.user.UserKey(key),
            name: "login-of-${key}".toString(),
            fullName: NAMES[key],
            email: "${key}@example.com".toString(),
        )
    }

    List<String> getGroupNames(ConfluenceUser user) {
        return GROUPS[user.key.stringValue]
    }

    Object getGroup(String name) {
        return GROUPS.values().any { name in it } ? name : null
    }
}
