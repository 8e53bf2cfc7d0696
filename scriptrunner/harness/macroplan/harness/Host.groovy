package macroplan.harness

import com.atlassian.confluence.user.UserAccessor
import com.atlassian.mail.server.MailServerManager
import com.atlassian.sal.api.ApplicationProperties
import com.atlassian.sal.api.component.ComponentLocator
import com.onresolve.scriptrunner.db.DatabaseUtil
import com.zaxxer.hikari.HikariConfig
import com.zaxxer.hikari.HikariDataSource
import org.apache.catalina.connector.Connector
import org.apache.catalina.startup.Tomcat

/**
 * One node: `java -cp … macroplan.harness.Host SCRIPTS CONTEXT THREADS POOL WAIT`, with the database's address on the first line
 * of the standard input. Says `ready PORT`, and ends when that input ends.
 */
class Host {
    static void main(String[] arguments) {
        def (String root, String context, String threads, String pool, String waitMs) = arguments as List
        BufferedReader input = System.in.newReader()
        DatabaseUtil.POOLS['macroplan'] = openPool(input.readLine(), pool as int, waitMs as int)
        Scripts scripts = new Scripts(new File(root))
        ApplicationProperties properties = new ApplicationProperties(context: context)
        ComponentLocator.COMPONENTS[ApplicationProperties] = properties
        ComponentLocator.COMPONENTS[UserAccessor] = new UserAccessor()
        ComponentLocator.COMPONENTS[MailServerManager] = new MailServerManager()
        Endpoints endpoints = new Endpoints(scripts.endpointsIn('macroplan/api') + Bare.ENDPOINTS)
        Workshop workshop = new Workshop(scripts: scripts)
        Connector connector = listen(new Confluence(endpoints: endpoints, workshop: workshop), context, threads as int)
        workshop.threads = connector.protocolHandler.executor
        int port = connector.localPort
        properties.canonical = "http://127.0.0.1:${port}"
        println "ready ${port}"
        System.out.flush()
        while (input.readLine() != null) { }
        System.exit(0)
    }

    private static Connector listen(Confluence servlet, String context, int threads) {
        Tomcat tomcat = new Tomcat(port: 0, hostname: 'localhost')
        tomcat.baseDir = File.createTempDir('macroplan-tomcat-', '').with { it.deleteOnExit(); it.path }
        Connector connector = tomcat.connector
        connector.setProperty('address', '127.0.0.1')
        connector.setProperty('maxThreads', threads as String)
        connector.setProperty('minSpareThreads', '4')
        def place = tomcat.addContext(context, null)
        Tomcat.addServlet(place, 'confluence', servlet)
        place.addServletMappingDecoded('/*', 'confluence')
        tomcat.start()
        return connector
    }

    /** `postgres://USER:PASSWORD@HOST:PORT/DATABASE`; with the properties that INSTALL.md asks for. */
    private static HikariDataSource openPool(String address, int size, int waitMs) {
        URI uri = new URI(address)
        def (String user, String password) = uri.userInfo.split(':', 2).collect { URLDecoder.decode(it, 'UTF-8') }
        return new HikariDataSource(new HikariConfig(
            poolName: 'macroplan',
            jdbcUrl: "jdbc:postgresql://${uri.host}:${uri.port}${uri.path}",
            driverClassName: 'org.postgresql.Driver',
            username: user,
            password: password,
            maximumPoolSize: size,
            minimumIdle: 1,
            connectionTimeout: waitMs,
            maxLifetime: 600_000,
        ))
    }
}
