package com.atlassian.mail

/** Stand-in: what is set is what the server sends. */
class Email {
    final String to
    String from
    String subject
    String body
    String mimeType = 'text/plain'
    String encoding = 'UTF-8'
    final Map<String, String> headers = [:]

    Email(String to) {
        this.to = to
    }

    void addHeader(String name, String value) {
        headers[name] = value
    }
}
