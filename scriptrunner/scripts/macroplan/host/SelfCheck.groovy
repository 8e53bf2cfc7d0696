package macroplan.host

import com.atlassian.confluence.user.UserAccessor
import groovy.json.JsonSlurper

/** `/version?check=1`, for administrators: each step of INSTALL.md as a line that says whether it is done, and else what to do. */
final class SelfCheck {
    static List<Map> checks(Asked asked) {
        return [
            check('Every file is of one release', 'Clear the Groovy class loader and scan the endpoints again.') {
                asked.release == Bundle.VERSION ? '' : "The endpoint is of ${asked.release}, the rest of ${Bundle.VERSION}"
            },
            check('The groups exist', 'Put the names of your groups into macroplan/host/Site.groovy.') {
                UserAccessor groups = Platform.component(UserAccessor)
                (Site.USERS + Site.ADMINISTRATORS).findAll { groups.getGroup(it) == null }.collect { "no ${it}" }.join(', ')
            },
            check('The database answers', 'Check the resource of this name, and that the database is up.') {
                Database.text('select api.version(?)', [Bundle.VERSION]) ? '' : 'no answer'
            },
            check('The connection may touch no table', 'Connect as macroplan_host, not as an owner or administrator.') {
                Database.text(TOO_MUCH, [])
            },
            check('Slow statements end by themselves', 'Set the timeouts of the role that docs/install-database.md names.') {
                Database.text(ENDLESS, [])
            },
            check('The base URL is how Tomcat is called', 'Set the base URL, and proxyName, proxyPort and scheme of the connector.') {
                String base = originOf(Platform.baseUrl())
                base == originOf(asked.server) ? '' : "The base URL says ${base}, Tomcat says ${originOf(asked.server)}"
            },
            check('Mail can be sent', 'Set up an SMTP server in Confluence, and switch sending on.') {
                MailServer.find() == null ? 'no server, or sending is switched off' : ''
            },
            check('The job sends what is due', 'Add the job macroplan/jobs/EveryMinute.groovy, every minute.') {
                int overdue = outbox().overdue as int
                overdue == 0 ? '' : "${overdue} mails wait for more than ten minutes"
            },
            check('No mail was given up', 'Leads see in their plan which, and why.') {
                int parked = outbox().parked as int
                parked == 0 ? '' : "${parked} mails were given up"
            },
        ]
    }

    /** `look` answers what is wrong, or ''. A look that fails is wrong too, and says by what kind of error, not by which. */
    private static Map check(String what, String advice, Closure look) {
        String wrong
        try {
            wrong = look.call()?.toString() ?: ''
        } catch (Throwable error) {
            wrong = error.class.simpleName
        }
        return wrong == '' ? [what: what, ok: true] : [what: what, ok: false, wrong: wrong, advice: advice]
    }

    private static Map outbox() {
        return new JsonSlurper().parseText(Database.text('select api.mail_health()', [])) as Map
    }

    /** Without the port that its scheme implies. */
    private static String originOf(String url) {
        URI uri = new URI(url)
        boolean isImplied = uri.port == (uri.scheme == 'https' ? 443 : 80) || uri.port < 0
        return "${uri.scheme}://${uri.host}${isImplied ? '' : ":${uri.port}"}".toString().toLowerCase(Locale.ROOT)
    }

    private static final String TOO_MUCH = '''
        select case
          when rolsuper then current_user || ' is a superuser'
          when has_schema_privilege(current_user, 'macroplan', 'usage') then current_user || ' may look behind the doors'
        end
        from pg_roles
        where rolname = current_user'''

    private static final String ENDLESS = '''
        select string_agg(name || ' is not set', ', ')
        from pg_settings
        where name in ('statement_timeout', 'lock_timeout', 'idle_in_transaction_session_timeout') and setting = '0'
        '''
}
