package com.atlassian.mail

/** Stand-in. */
class MailException extends Exception {
    MailException(Throwable cause) {
        super(cause)
    }
}
