package macroplan.host

import groovy.json.JsonSlurper

/**
 * Sends what is due. A mail is taken by a lease, sent while no connection is held, and then settled; whoever dies in between
 * leaves it to be sent again, under the same id.
 */
final class Outbox {
    /** `warn` hears of mails that could not be sent, without their addressees. */
    static String empty(Closure warn) {
        def server = MailServer.find()
        if (server == null) return 'No mail server, or sending is switched off: mails wait.'
        long end = System.nanoTime() + RUN_S_MAX * 1_000_000_000L
        int sent = 0
        int failed = 0
        int failedInARow = 0
        // A server that refuses three in a row will refuse more: let them keep their attempts.
        while (failedInARow < 3 && System.nanoTime() < end) {
            String claimed = Database.text('select api.claim_mail(?::int, ?)', [LEASE_S, Platform.appUrl()])
            if (claimed == null) break
            Map mail = new JsonSlurper().parseText(claimed) as Map
            String problem = problemOf(server, mail, warn)
            settle(mail, problem)
            if (problem == null) sent++ else failed++
            failedInARow = problem == null ? 0 : failedInARow + 1
        }
        return "${sent} mails sent, ${failed} to be tried again.".toString()
    }

    private static String problemOf(Object server, Map mail, Closure warn) {
        try {
            MailServer.send(server, mail)
            return null
        } catch (Exception error) {
            warn.call("macroplan: mail ${mail.id} could not be sent".toString(), error)
            return rootOf(error).message ?: error.class.simpleName
        }
    }

    private static void settle(Map mail, String problem) {
        Database.text('select api.settle_mail(?::uuid, ?::uuid, ?::int, ?)', [mail.plan, mail.id, mail.attempt, problem])
    }

    private static Throwable rootOf(Throwable error) {
        return error.cause == null || error.cause.is(error) ? error : rootOf(error.cause)
    }

    /** Longer than a mail server may take for one mail. */
    private static final int LEASE_S = 600

    /** Runs follow each other every minute. */
    private static final int RUN_S_MAX = 50
}
