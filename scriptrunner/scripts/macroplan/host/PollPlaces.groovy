package macroplan.host

import groovy.transform.CompileStatic
import java.util.concurrent.Semaphore
import java.util.concurrent.TimeUnit

/**
 * How many polls a node works on at once. Where SQL hangs, so many of Confluence's threads hang with it and no more; the
 * pages beside them, and the edits, for which connections are left over, go on. The one thing that the scripts remember from
 * request to request, and only while they last: with the class loader cleared the count begins anew.
 */
@CompileStatic
final class PollPlaces {
    /** Two less than the connections that INSTALL.md asks for; those are for edits and the rest. */
    private static final int AT_ONCE = 8

    /** While polls are quick a place is free sooner; while they hang, a longer wait would only hold more threads. */
    private static final int WAIT_MS = 50

    // Fair, or in a rush of pages some would be passed over until they are refused.
    private static final Semaphore PLACES = new Semaphore(AT_ONCE, true)

    static <T> T during(Closure<T> poll) {
        if (!PLACES.tryAcquire(WAIT_MS, TimeUnit.MILLISECONDS)) throw Problem.busy()
        try {
            return poll.call()
        } finally {
            PLACES.release()
        }
    }
}
