package macroplan.host

import com.atlassian.confluence.user.AuthenticatedUserThreadLocal
import com.atlassian.confluence.user.UserAccessor
import com.atlassian.sal.api.ApplicationProperties
import com.atlassian.sal.api.UrlMode
import com.atlassian.sal.api.component.ComponentLocator

/** What Confluence knows and a request cannot say: who asks, and how this server is called. */
final class Platform {
    /** What the doors of the database take as `p_who`; null where nobody is signed in. */
    static Map asker() {
        def user = AuthenticatedUserThreadLocal.get()
        if (user == null) return null
        List<String> groups = component(UserAccessor).getGroupNames(user).collect { it.toString() }
        return [
            // The key outlives a renaming, the name does not.
            user_key: user.key.stringValue,
            display_name: user.fullName ?: user.name,
            groups: groups,
            is_admin: Site.ADMINISTRATORS in groups,
        ]
    }

    /** `https://confluence.example.com/wiki`: what the administrator set. */
    static String baseUrl() {
        return component(ApplicationProperties).getBaseUrl(UrlMode.CANONICAL)
    }

    /** The standalone page, as people who are not on this server reach it. */
    static String appUrl() {
        return baseUrl() + ENDPOINT + '/app'
    }

    /** The standalone page on a plan, by id or code. */
    static String planLink(String plan) {
        return "${appUrl()}?macroplan-plan=${URLEncoder.encode(plan, 'UTF-8')}".toString()
    }

    /** Below the context path. */
    static final String ENDPOINT = '/rest/scriptrunner/latest/custom/macroplan'

    /** '' or `/wiki`: what stands before /rest. */
    static String contextPath() {
        return component(ApplicationProperties).getBaseUrl(UrlMode.RELATIVE)
    }

    /** Asked for each time: after an upgrade of a plugin an older one would be of no use. */
    static <T> T component(Class<T> type) {
        T found = ComponentLocator.getComponent(type)
        if (found == null) throw new IllegalStateException("Confluence has no ${type.name} just now".toString())
        return found
    }
}
