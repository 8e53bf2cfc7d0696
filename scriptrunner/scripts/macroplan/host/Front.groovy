package macroplan.host

import groovy.transform.CompileStatic

/** From a request to an answer: checks first, then one route, and whatever goes wrong becomes an answer too. */
@CompileStatic
final class Front {
    static Answer answer(Asked asked) {
        Answer answer
        Map who = null
        try {
            who = asked.asker.call()
            answer = Routes.answer(asked, RequestChecks.checked(asked, who), who)
        } catch (Throwable error) {
            // Nothing may get past us: the platform would answer in a form of its own and show a stack.
            answer = ErrorMap.answerTo(error)
        }
        return withCommonHeaders(answer, who)
    }

    private static Answer withCommonHeaders(Answer answer, Map who) {
        Map<String, String> common = [
            'X-Request-Id': UUID.randomUUID().toString(),
            'X-Macroplan-Protocol': '1',
            'X-Content-Type-Options': 'nosniff',
            'Cache-Control': 'no-store',
        ]
        if (who != null) common['X-Macroplan-User'] = UserHeader.of(who.user_key as String)
        answer.headers = common + answer.headers
        return answer
    }
}
