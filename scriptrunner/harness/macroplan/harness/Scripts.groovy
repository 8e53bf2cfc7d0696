package macroplan.harness

import com.onresolve.scriptrunner.runner.rest.common.CustomEndpointDelegate
import org.slf4j.LoggerFactory

/** The script root: files are compiled when they are used, as ScriptRunner does. */
class Scripts {
    private final GroovyScriptEngine engine
    private final File root

    Scripts(File root) {
        this.root = root
        engine = new GroovyScriptEngine([root.toURI().toURL()] as URL[], Scripts.classLoader)
    }

    /** Runs every file of a folder once and gathers what it registers. */
    List<Map> endpointsIn(String folder) {
        return new File(root, folder).listFiles().findAll { it.name.endsWith('.groovy') }.collectMany { File file ->
            CustomEndpointDelegate script = create("${folder}/${file.name}", [:]) as CustomEndpointDelegate
            if (script.class.package.name != folder.replace('/', '.')) throw new IllegalStateException("${file} is in another package")
            script.run()
            return script.endpoints
        }
    }

    Script create(String file, Map variables) {
        return engine.createScript(file, new Binding([log: LoggerFactory.getLogger(file)] + variables))
    }

    Class load(String name) {
        return engine.groovyClassLoader.loadClass(name)
    }
}
