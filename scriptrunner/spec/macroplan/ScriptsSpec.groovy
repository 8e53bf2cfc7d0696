package macroplan

import macroplan.harness.Scripts
import spock.lang.Shared
import spock.lang.Specification
import spock.lang.Unroll

class ScriptsSpec extends Specification {
    static final File ROOT = new File(System.getProperty('macroplan.scripts'))

    @Shared
    Scripts scripts = new Scripts(ROOT)

    @Unroll
    def "#file compiles and is in the package of its folder"() {
        when:
        Class compiled = scripts.load(file.replace('/', '.').replaceFirst(/\.groovy$/, ''))

        then:
        compiled.package.name == file.substring(0, file.lastIndexOf('/')).replace('/', '.')

        where:
        file << files()
    }

    def "one endpoint is registered, for GET and POST, and never without groups"() {
        given:
        List<Map> endpoints = scripts.endpointsIn('macroplan/api')

        expect:
        endpoints*.name == ['macroplan', 'macroplan']
        endpoints*.config*.httpMethod == ['GET', 'POST']
        endpoints.every { it.config.groups && it.config.groups.every { group -> group instanceof String && group } }
        endpoints.every { it.config.keySet() == ['httpMethod', 'groups'] as Set }
    }

    def "only the endpoint names classes that are called jakarta here and javax there"() {
        expect:
        files().findAll { new File(ROOT, it).text =~ /(?m)^import (jakarta|javax)\./ } == ['macroplan/api/Macroplan.groovy']
    }

    static List<String> files() {
        List<String> names = []
        ROOT.eachFileRecurse { if (it.name.endsWith('.groovy')) names << ROOT.toPath().relativize(it.toPath()).toString() }
        return names.sort()
    }
}
