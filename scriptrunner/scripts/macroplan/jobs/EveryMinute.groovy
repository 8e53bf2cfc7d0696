package macroplan.jobs

import com.atlassian.scheduler.JobRunnerResponse
import macroplan.host.Housekeeping
import macroplan.host.Outbox

// The one scheduled job of Macroplan. It may run on one node or on all of them, and twice at once: the database gives each mail
// and each plan to one of them. What it returns is kept for years, so it holds counts and no names.
// Release: development

try {
    String kept = Housekeeping.keep()
    String sent = Outbox.empty { String text, Throwable error -> log.warn(text, error) }
    return JobRunnerResponse.success("${sent} ${kept}".toString())
} catch (Throwable error) {
    log.error('macroplan: the job of every minute failed', error)
    return JobRunnerResponse.failed("${error.class.simpleName}; the log of this node says more.".toString())
}
