package com.atlassian.mail

/** Stand-in. */
class MailFactory {
    static final Settings SETTINGS = new Settings()

    static Settings getSettings() {
        return SETTINGS
    }

    static class Settings {
        boolean sendingDisabled = false
    }
}
