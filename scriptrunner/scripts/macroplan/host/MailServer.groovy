package macroplan.host

import com.atlassian.mail.Email
import com.atlassian.mail.MailFactory
import com.atlassian.mail.server.MailServerManager

/** The mail server that the administrator of Confluence set up. */
final class MailServer {
    /** Null where there is none, or where nothing may be sent: on a copy of a server, say. */
    static Object find() {
        if (MailFactory.settings.isSendingDisabled()) return null
        return Platform.component(MailServerManager).defaultSMTPMailServer
    }

    /** Returns when the server has taken the mail; throws where it did not. */
    static void send(Object server, Map mail) {
        Email email = new Email(oneLine(mail.to))
        email.from = server.defaultFrom
        email.subject = oneLine(mail.subject)
        email.mimeType = 'text/html'
        email.encoding = 'UTF-8'
        email.body = mail.html as String
        // Its page asks before it stops anything. The button of mail programs that posts needs no sign-in, and here everybody does.
        email.addHeader('List-Unsubscribe', "<${oneLine(mail.unsubscribe)}>".toString())
        // The same each time this mail is sent. Programs that drop doubles go by Message-ID; where this server only makes its
        // own, a rule on a mailbox can go by the other.
        email.addHeader('X-Macroplan-Mail', oneLine(mail.message_id))
        if (server.respondsTo('sendWithMessageId', Email, String)) server.sendWithMessageId(email, oneLine(mail.message_id))
        else server.send(email)
    }

    /** A line break in a header would begin another one. */
    private static String oneLine(Object text) {
        return text.toString().replaceAll(/[\p{Cntrl}\u2028\u2029]+/, ' ')
    }
}
