package com.atlassian.mail.server

import com.atlassian.mail.Email
import com.atlassian.mail.MailException
import jakarta.mail.*
import jakarta.mail.internet.*
import javax.mail.*
import javax.mail.internet.*

/** Stand-in that speaks SMTP. As a mail library does, it gives each message an id of its own, whatever a header said. */
class SMTPMailServer {
    String hostname
    int smtpPort
    String defaultFrom = 'confluence@example.com'

    void send(Email email) throws MailException {
        deliver(email, new MimeMessage(session()))
    }

    private Session session() {
        Properties properties = new Properties()
        properties['mail.smtp.host'] = hostname
        properties['mail.smtp.port'] = smtpPort as String
        properties['mail.smtp.timeout'] = '60000'
        return Session.getInstance(properties)
    }

    protected void deliver(Email email, MimeMessage message) {
        try {
            message.setFrom(new InternetAddress(email.from ?: defaultFrom))
            message.setRecipient(Message.RecipientType.TO, new InternetAddress(email.to))
            message.setSubject(email.subject, email.encoding)
            message.setContent(email.body, "${email.mimeType}; charset=${email.encoding}".toString())
            email.headers.each { name, value -> message.setHeader(name, value) }
            Transport.send(message)
        } catch (MessagingException error) {
            throw new MailException(error)
        }
    }
}
