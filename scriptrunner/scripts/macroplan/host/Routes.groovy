package macroplan.host

import groovy.json.JsonOutput
import groovy.transform.CompileStatic

/** The endpoints of the wire contract: who asks and what, one door of the database, its text back. */
@CompileStatic
final class Routes {
    static boolean isPost(List<String> at) {
        return shape(at) in ['plans', 'plans/*/sync', 'plans/*/recipients', 'unsubscribe/*']
    }

    static Answer answer(Asked asked, List<String> at, Map who) {
        String plan = at.size() > 1 ? at[1] : null
        switch (asked.method + ' ' + shape(at)) {
            case 'GET version':
                return version(asked, who)
            case 'GET plans':
                // Whoever opens a page asks this first, so it is here that a restored database is noticed.
                return json('select api.plans(?::jsonb) from (select api.hello()) as greeted', [asker(who)])
            case 'POST plans':
                return json('select api.create_plan(?::jsonb, ?)', [asker(who), body(asked)])
            case 'GET plans/*/delta':
                return delta(asked, asker(who), plan)
            case 'GET plans/*/snapshot':
                return json('select api.snapshot(?::jsonb, ?)', [asker(who), plan])
            case 'GET plans/*/snapshot/*/*':
                return snapshotPart(asker(who), at)
            case 'POST plans/*/sync':
                return json('select api.sync(?::jsonb, ?, ?)', [asker(who), plan, body(asked)])
            case 'GET plans/*/events':
                return events(new Query(asked.query), asker(who), plan)
            case 'GET plans/*/state':
                String rev = new Query(asked.query).count('rev')
                if (rev == null) throw Problem.badRequest('Say which state: rev=N.')
                return json('select api.state(?::jsonb, ?, ?::bigint)', [asker(who), plan, rev])
            case 'GET plans/*/verify':
                return json('select api.verify(?::jsonb, ?)', [asker(who), plan])
            case 'GET plans/*/mails':
                return json('select api.mails(?::jsonb, ?)', [asker(who), plan])
            case 'GET plans/*/recipients':
                return json('select api.recipients(?::jsonb, ?)', [asker(who), plan])
            case 'POST plans/*/recipients':
                return json('select api.change_recipients(?::jsonb, ?, ?)', [asker(who), plan, body(asked)])
            case 'GET unsubscribe/*':
                return json('select api.mail_stops(?)', [at[1]])
            case 'POST unsubscribe/*':
                return json('select api.stop_mails(?, ?)', [at[1], body(asked)])
            case 'GET plans/*/table':
                return table(asked, asker(who), plan)
            case 'GET app':
                return Assets.page()
            case 'GET sw':
                return Assets.serviceWorker(Path.below(asked))
            case 'GET assets/*':
                return Assets.file(at[1], asked.header('Accept-Encoding'))
            default:
                throw Path.nothingHere()
        }
    }

    // A second segment, and what follows a third, name something: those are stars.
    private static String shape(List<String> at) {
        List<String> shape = new ArrayList<>(at)
        for (int index = 0; index < shape.size(); index++) {
            if (index == 1 || index > 2) shape[index] = '*'
        }
        return shape.join('/')
    }

    private static String asker(Map who) {
        if (who == null) throw new Problem(401, 'signed_out', 'You are signed out. Sign in again and go on.')
        return JsonOutput.toJson(who)
    }

    private static String body(Asked asked) {
        return Body.read(asked, Site.BODY_BYTES)
    }

    private static Answer version(Asked asked, Map who) {
        if (new Query(asked.query).text('check') == null) return json('select api.version(?)', [Bundle.VERSION])
        asker(who)
        if (!who.is_admin) throw new Problem(403, 'forbidden', 'Only administrators of Macroplan see the self-check.')
        return Answer.json(JsonOutput.toJson([build: Bundle.VERSION, checks: SelfCheck.checks(asked)]))
    }

    private static Answer delta(Asked asked, String who, String plan) {
        String cursor = new Query(asked.query).text('cursor')
        String tag = asked.header('If-None-Match')
        String select = 'select etag, body from api.delta(?::jsonb, ?, ?, ?)'
        List<String> row = PollPlaces.during { Database.row(select, [who, plan, cursor, tag], POLL_S_MAX) }
        Answer answer = row[1] == null ? new Answer(status: 304) : Answer.json(row[1])
        // Weak, since a compressed answer has other bytes and the same meaning (RFC 9110, 8.8.3).
        return answer.with('ETag', 'W/"' + row[0] + '"')
    }

    /** Half of what a page waits for an answer: what comes later is for nobody. */
    private static final int POLL_S_MAX = 5

    private static Answer snapshotPart(String who, List<String> at) {
        if (!(at[4] ==~ /\d{1,6}/)) throw Problem.notFound('There is no such part.')
        Answer answer = json('select api.snapshot_part(?::jsonb, ?, ?, ?::int)', [who, at[1], at[3], at[4]])
        // A part never changes under its name. It holds a plan's data, so only the asker's own browser may keep it.
        return answer.with('Cache-Control', 'private, max-age=86400, immutable')
    }

    private static Answer events(Query query, String who, String plan) {
        String limit = query.count('limit')
        // The database says how many is too many; it counts to 2^31.
        String bounded = limit == null ? null : Math.min(limit.toLong(), (1L << 31) - 1).toString()
        String select = 'select api.events(?::jsonb, ?, ?::bigint, ?::int, ?::uuid)'
        return json(select, [who, plan, query.count('before'), bounded, query.uuid('row')])
    }

    private static Answer table(Asked asked, String who, String plan) {
        Query query = new Query(asked.query)
        String since = query.count('since')
        Map options = [
            variant: query.choice('variant', ['full', 'leadership']) ?: 'full',
            since: since?.toLong(),
            // Ours to say and not the asker's: it stands in mails.
            link: Platform.planLink(plan),
        ]
        String purpose = query.choice('for', ['page', 'mail']) ?: 'page'
        List values = [who, plan, query.text('iteration'), purpose, JsonOutput.toJson(options)]
        Answer answer = json('select api.show_table(?::jsonb, ?, ?, ?, ?::jsonb)', values)
        answer.type = 'text/html;charset=UTF-8'
        String policy = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'"
        return answer.with('Content-Security-Policy', policy)
    }

    private static Answer json(String select, List values) {
        return Answer.json(Database.text(select, values))
    }
}
