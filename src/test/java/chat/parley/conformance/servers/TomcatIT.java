package chat.parley.conformance.servers;

/** The suite on Tomcat. */
class TomcatIT extends ServerSuite {

    TomcatIT() {
        super(new TomcatServer("tomcat", "apache-tomcat-10.1.59"));
    }
}
