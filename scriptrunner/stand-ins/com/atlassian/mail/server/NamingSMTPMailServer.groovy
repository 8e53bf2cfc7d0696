package com.atlassian.mail.server

import com.atlassian.mail.Email
import com.atlassian.mail.MailException
import jakarta.mail.*
import jakarta.mail.internet.*
import javax.mail.*
import javax.mail.internet.*

/** Stand-in for a version whose server takes the Message-ID from its caller. */
class NamingSMTPMailServer extends SMTPMailServer {
    void sendWithMessageId(Email email, String messageId) throws MailException {
        deliver(email, new Named(Session.getInstance(properties()), messageId))
    }

    private Properties properties() {
        Properties properties = new Properties()
        properties['mail.smtp.host'] = hostname
        properties['mail.smtp.port'] = smtpPort as String
        return properties
    }

    static class Named extends MimeMessage {
        private final String messageId

        Named(Session session, String messageId) {
            super(session)
            this.messageId = messageId
        }

        @Override
        protected void updateMessageID() {
            setHeader('Message-ID', messageId)
        }
    }
}
