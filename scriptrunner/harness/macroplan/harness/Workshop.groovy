package macroplan.harness

import com.atlassian.mail.MailFactory
import com.atlassian.mail.server.MailServerManager
import com.atlassian.mail.server.NamingSMTPMailServer
import com.atlassian.mail.server.SMTPMailServer
import com.atlassian.sal.api.component.ComponentLocator
import com.onresolve.scriptrunner.db.DatabaseUtil
import groovy.json.JsonOutput
import jakarta.servlet.http.*
import javax.servlet.http.*

/** Handles for tests that a real server does not have: set up a mail server, run the job, render the macro. */
class Workshop {
    Scripts scripts
    /** Tomcat's own pool, whose class differs between the lines. */
    Object threads

    Object serve(String path, HttpServletRequest request, HttpServletResponse response) {
        switch (path) {
            case '/stand-in/mail-server':
                return setUpMail(request, response)
            case '/stand-in/job':
                def outcome = scripts.create('macroplan/jobs/EveryMinute.groovy', [:]).run()
                return json(response, [isSuccess: outcome.isSuccess, message: outcome.message])
            case '/stand-in/pool':
                def pool = DatabaseUtil.POOLS['macroplan'].hikariPoolMXBean
                return json(response, [
                    active: pool.activeConnections, waiting: pool.threadsAwaitingConnection, total: pool.totalConnections,
                    // One of them answers this.
                    threads: threads.activeCount - 1,
                ])
            case '/stand-in/macro':
                return macro(request, response)
            default:
                return Foreign.answer(response, 404, 'Nothing is here.')
        }
    }

    private static void setUpMail(HttpServletRequest request, HttpServletResponse response) {
        String port = request.getParameter('port')
        boolean isNaming = request.getParameter('naming') != null
        MailFactory.SETTINGS.sendingDisabled = request.getParameter('disabled') != null
        ComponentLocator.getComponent(MailServerManager).defaultSMTPMailServer = port == null ? null :
            (isNaming ? new NamingSMTPMailServer() : new SMTPMailServer()).tap { hostname = '127.0.0.1'; smtpPort = port as int }
        json(response, [:])
    }

    /** As often as asked, on one page. */
    private void macro(HttpServletRequest request, HttpServletResponse response) {
        Map parameters = ['plan', 'iteration'].collectEntries { [it, request.getParameter(it)] }.findAll { it.value != null }
        Page page = new Page(outputType: request.getParameter('output') ?: 'display')
        String html = (1..(request.getParameter('times') ?: '1').toInteger()).collect {
            scripts.create('macroplan/macro/Macro.groovy', [parameters: parameters, body: '', context: page]).run()
        }.join('')
        String around = "<!doctype html><html><head><meta charset=\"utf-8\"></head><body>${html}</body></html>"
        Foreign.text(response, 200, 'text/html;charset=UTF-8', request.getParameter('bare') != null ? html : around)
    }

    private static void json(HttpServletResponse response, Map body) {
        Foreign.text(response, 200, 'application/json;charset=UTF-8', JsonOutput.toJson(body))
    }

    /** What the macro asks of a ConversionContext. */
    static class Page {
        String outputType
        private final Map<String, Object> properties = [:]

        Object getProperty(String name) {
            return name == 'outputType' ? outputType : properties[name]
        }

        void setProperty(String name, Object value) {
            if (name == 'outputType') outputType = value else properties[name] = value
        }
    }
}
