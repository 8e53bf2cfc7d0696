package macroplan.host

/** Lets the database notice that it was restored, and look after plans that nobody tidied for a day. */
final class Housekeeping {
    static String keep() {
        Database.text('select api.hello()', [])
        int tidied = 0
        // Plan by plan, each in a transaction of its own, so that no plan is locked for longer than it takes.
        while (tidied < PLANS_MAX && Database.text('select api.tidy()', [])) tidied++
        return "${tidied} plans tidied.".toString()
    }

    /** The rest is for the next minute. */
    private static final int PLANS_MAX = 20
}
