package chat.parley.conformance.servers;

/** A descriptor by which a server signs people in for every address: what an operator puts beside an unchanged WAR. */
final class WebXml {

    static final String USER = "dora";
    static final String PASSWORD = "a-password-of-the-server";
    static final String ROLE = "staff";

    static final String GUARDED = """
            <?xml version="1.0" encoding="UTF-8"?>
            <web-app xmlns="https://jakarta.ee/xml/ns/jakartaee" version="5.0" metadata-complete="false">
              <security-constraint>
                <web-resource-collection>
                  <web-resource-name>all</web-resource-name>
                  <url-pattern>/*</url-pattern>
                </web-resource-collection>
                <auth-constraint>
                  <role-name>%s</role-name>
                </auth-constraint>
              </security-constraint>
              <login-config>
                <auth-method>BASIC</auth-method>
                <realm-name>shop</realm-name>
              </login-config>
              <security-role>
                <role-name>%s</role-name>
              </security-role>
            </web-app>
            """.formatted(ROLE, ROLE);

    private WebXml() {}

    /** The same, with the messages in a data source of the server, which it then has ready before the application. */
    static String guarded(String dataSource) {
        return GUARDED.replace("</web-app>", """
                  <context-param>
                    <param-name>parley.store.jndi</param-name>
                    <param-value>%s</param-value>
                  </context-param>
                  <resource-ref>
                    <res-ref-name>jdbc/parley</res-ref-name>
                    <res-type>javax.sql.DataSource</res-type>
                    <res-auth>Container</res-auth>
                    <res-sharing-scope>Unshareable</res-sharing-scope>
                    <lookup-name>%s</lookup-name>
                  </resource-ref>
                </web-app>
                """.formatted(dataSource, dataSource));
    }
}
