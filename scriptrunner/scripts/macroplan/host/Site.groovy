package macroplan.host

/** What differs from site to site. An administrator changes this file and no other, and keeps it on an upgrade. */
final class Site {
    /** Who may reach the endpoint at all: members of any of these groups. What they may do is for the database to say. */
    static final List<String> USERS = ['confluence-users']

    /** Members may create plans and see the self-check. */
    static final String ADMINISTRATORS = 'macroplan-admins'

    /** The database connection among ScriptRunner's resources. */
    static final String POOL = 'macroplan'

    /** The same as `body_bytes` among the limits that /version shows. A proxy in front must let as much through. */
    static final int BODY_BYTES = 4 * 1024 * 1024
}
