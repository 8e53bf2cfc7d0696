package com.atlassian.mail.server

/** Stand-in. Null where no server is set up. */
class MailServerManager {
    SMTPMailServer defaultSMTPMailServer
}
