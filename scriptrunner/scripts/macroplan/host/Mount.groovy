package macroplan.host

import groovy.json.JsonOutput
import groovy.json.JsonSlurper

/** What the macro puts into a page: a place for the script to mount, or, where none runs, the table as it is now. */
final class Mount {
    /** `parameters` as a person typed them; `context` is the platform's ConversionContext, or null. */
    static String html(Map parameters, Object context) {
        String plan = (parameters?.plan ?: '').toString().trim()
        boolean isLive = (context?.outputType ?: 'display').toString().toLowerCase(Locale.ROOT) in ['display', 'preview']
        if (!isLive) return paper(plan, (parameters?.iteration ?: '').toString().trim())
        String base = Platform.contextPath() + Platform.ENDPOINT
        String root = "<div data-macroplan=\"\" data-base=\"${escaped(base)}\" data-plan=\"${escaped(plan)}\"></div>"
        return tags(base, context) + root
    }

    /** Once a page: a second copy of the script would mount everything again. */
    private static String tags(String base, Object context) {
        if (context?.getProperty(GIVEN) != null) return ''
        context?.setProperty(GIVEN, true)
        String at = escaped("${base}/assets/".toString())
        return "<link rel=\"stylesheet\" href=\"${at}${Bundle.STYLE}\"/>" +
            "<script type=\"module\" src=\"${at}${Bundle.SCRIPT}\"></script>"
    }

    private static final String GIVEN = 'macroplan.tags'

    private static String paper(String plan, String iteration) {
        String link = Platform.planLink(plan)
        String seeLive = "<p><a href=\"${escaped(link)}\">The live macro-plan</a></p>"
        Map who = Platform.asker()
        if (who == null) return seeLive
        try {
            return Database.text('select api.paper(?::jsonb, ?, ?, ?)', [JsonOutput.toJson(who), plan, iteration, link])
        } catch (Exception error) {
            // A page is exported whole, with a sentence where the plan would be.
            Map answer = new JsonSlurper().parseText(ErrorMap.answerTo(error).body as String) as Map
            return "<p>${escaped(answer.error.message as String)}</p>".toString() + seeLive
        }
    }

    /** For an element or a quoted attribute. */
    private static String escaped(String text) {
        return text.replaceAll(/[&<>"']/) { String character -> "&#${character.codePointAt(0)};".toString() }
    }
}
