package chat.parley;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_USE_JAVA_UTIL_LOGGING;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;

/** The house of the design: packages are floors, every library has one home. */
@AnalyzeClasses(packages = "chat.parley", importOptions = ImportOption.DoNotIncludeTests.class)
class HouseTest {

    /** So that no rule passes because nothing was looked at. */
    private static final int LEAST_CLASSES = 120;

    private static final String ROOT = "chat.parley";

    /** The floor of each package, named as below {@link #ROOT}; the root itself is the empty name. */
    private static final Map<String, Integer> FLOORS = Map.ofEntries(
            Map.entry("protocol", 0),
            Map.entry("config", 0),
            Map.entry("store", 1),
            Map.entry("relay", 1),
            Map.entry("client", 1),
            Map.entry("bench", 1),
            Map.entry("verify", 2),
            Map.entry("identity", 2),
            Map.entry("room", 3),
            Map.entry("moderation", 3),
            Map.entry("endpoint", 4),
            Map.entry("", 5),
            Map.entry("http", 6),
            Map.entry("server", 7));

    /** Who may import what is not ours, by the beginning of its package's name; the longest that fits holds. */
    private static final Map<String, Set<String>> HOMES = Map.ofEntries(
            Map.entry("org.eclipse.jetty.", Set.of("server")),
            Map.entry("picocli.", Set.of("server")),
            Map.entry("org.bouncycastle.openssl.", Set.of("server")),
            Map.entry("org.bouncycastle.cert.", Set.of("server")),
            Map.entry("org.bouncycastle.pkcs.", Set.of("server")),
            Map.entry("org.bouncycastle.asn1.", Set.of("server")),
            Map.entry("ch.qos.logback.", Set.of("server")),
            Map.entry("io.smallrye.config.", Set.of("config")),
            Map.entry("org.eclipse.microprofile.config.", Set.of("config")),
            Map.entry("jakarta.websocket.", Set.of("protocol", "client", "endpoint", "", "http", "server")),
            // Beside its home: the root describes the endpoint once, and whoever runs it registers it.
            Map.entry("jakarta.websocket.server.", Set.of("endpoint", "", "http", "server")),
            Map.entry("jakarta.servlet.", Set.of("http", "server")),
            Map.entry("jakarta.json.", Set.of("protocol")),
            Map.entry("org.eclipse.yasson.", Set.of("protocol")),
            Map.entry("rocks.xmpp.precis.", Set.of("protocol")),
            Map.entry("com.ibm.icu.", Set.of("protocol")),
            Map.entry("io.github.bucket4j.", Set.of("endpoint", "identity")),
            Map.entry("com.nimbusds.", Set.of("identity")),
            Map.entry("org.bouncycastle.", Set.of("identity")),
            Map.entry("java.sql.", Set.of("store")),
            Map.entry("javax.sql.", Set.of("store")),
            Map.entry("javax.naming.", Set.of("store")),
            Map.entry("com.zaxxer.hikari.", Set.of("store")),
            Map.entry("org.sqlite.", Set.of("store")),
            Map.entry("org.postgresql.", Set.of("store")),
            Map.entry("org.flywaydb.", Set.of("store")),
            Map.entry("io.lettuce.", Set.of("relay")),
            Map.entry("io.netty.", Set.of("relay")),
            Map.entry("com.sun.management.", Set.of("bench")),
            Map.entry("org.HdrHistogram.", Set.of("bench", "verify")),
            Map.entry("me.tongfei.progressbar.", Set.of("bench")));

    /** What anybody may import: the platform, the logging interface, annotations. */
    private static final List<String> COMMON = List.of(
            "java.",
            "javax.crypto.",
            "javax.net.",
            "org.slf4j.",
            "org.jspecify.",
            "com.google.errorprone.annotations.");

    @ArchTest
    static final ArchRule aPackageImportsOnlyWhatStandsBelowIt = classes()
            .should(new ArchCondition<>("look down only") {
                @Override
                public void check(JavaClass from, ConditionEvents events) {
                    for (Dependency dependency : from.getDirectDependenciesFromSelf()) {
                        JavaClass to = dependency.getTargetClass().getBaseComponentType();
                        if (isOurs(to) && !floorName(from).equals(floorName(to)) && floor(from) <= floor(to)) {
                            events.add(SimpleConditionEvent.violated(from, dependency.getDescription()));
                        }
                    }
                }
            });

    @ArchTest
    static final ArchRule theClientStandsOnTheProtocolAlone = standsOnTheProtocolAlone("client");

    @ArchTest
    static final ArchRule theLoadGeneratorStandsOnTheProtocolAlone = standsOnTheProtocolAlone("bench");

    /** Black box: what it says of a server it knows from the wire; and the progress bar is the load generator's. */
    @ArchTest
    static final ArchRule theCheckerKnowsTheProtocolAndTheProgressBar = standsOn("verify", "bench", "protocol");

    @ArchTest
    static final ArchRule everyLibraryHasItsHome = classes().should(new ArchCondition<>("import what lives with them") {
        @Override
        public void check(JavaClass from, ConditionEvents events) {
            for (Dependency dependency : from.getDirectDependenciesFromSelf()) {
                JavaClass to = dependency.getTargetClass().getBaseComponentType();
                if (!to.isPrimitive() && !isOurs(to) && !mayImport(floorName(from), to.getName())) {
                    events.add(SimpleConditionEvent.violated(from, dependency.getDescription()));
                }
            }
        }
    });

    @ArchTest
    static final ArchRule thereAreNoCycles =
            slices().matching("chat.parley.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule theRootShowsParleyAlone = classes()
            .that()
            .resideInAPackage(ROOT)
            .and()
            .areTopLevelClasses()
            .and()
            .doNotHaveSimpleName("Parley")
            .should()
            .notBePublic()
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule onlyTheServerSpeaksToTheStandardStreams =
            noClasses().that().resideOutsideOfPackage("chat.parley.server..").should(ACCESS_STANDARD_STREAMS);

    @ArchTest
    static final ArchRule nobodyLogsByJavaUtilLogging = NO_CLASSES_SHOULD_USE_JAVA_UTIL_LOGGING;

    @ArchTest
    static void thereIsAHouse(JavaClasses ours) {
        assertTrue(ours.size() >= LEAST_CLASSES, "only " + ours.size() + " classes were found");
    }

    @ArchTest
    static void everyPackageIsOnAFloorAndNullMarked(JavaClasses ours) {
        Set<JavaPackage> packages = ours.stream().map(JavaClass::getPackage).collect(Collectors.toSet());
        Set<String> homeless = new TreeSet<>();
        Set<String> unmarked = new TreeSet<>();
        for (JavaPackage each : packages) {
            if (!FLOORS.containsKey(floorName(each.getName()))) {
                homeless.add(each.getName());
            }
            if (!each.isAnnotatedWith(NullMarked.class)) {
                unmarked.add(each.getName());
            }
        }
        assertEquals(Set.of(), homeless, "packages without a floor");
        assertEquals(Set.of(), unmarked, "packages without a package-info that says @NullMarked");
    }

    @ArchTest
    static void testsMockNothing(JavaClasses ours) {
        JavaClasses tests = new ClassFileImporter()
                .withImportOption(new ImportOption.OnlyIncludeTests())
                .importPackages(ROOT);
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.mockito..", "org.easymock..", "org.jmock..", "org.powermock..", "io.mockk..")
                .check(tests);
    }

    @ArchTest
    static void theConformanceSuiteKnowsNothingOfTheServer(JavaClasses ours) {
        JavaClasses suite = new ClassFileImporter()
                .withImportOption(new ImportOption.OnlyIncludeTests())
                .importPackages(ROOT + ".conformance");
        assertTrue(suite.size() >= 40, "only " + suite.size() + " classes were found");
        classes()
                .should()
                .onlyDependOnClassesThat(DescribedPredicate.describe(
                        "are its own, the platform's, JSON-P's or JUnit's",
                        to -> isOfTheSuite(to.getBaseComponentType().getName())))
                .check(suite);
    }

    private static boolean isOfTheSuite(String name) {
        return !name.contains(".") // primitive
                || Stream.of(
                                ROOT + ".conformance.",
                                "java.",
                                "javax.crypto.",
                                "jakarta.json.",
                                "org.junit.jupiter.",
                                "org.jspecify.")
                        .anyMatch(name::startsWith);
    }

    private static ArchRule standsOnTheProtocolAlone(String name) {
        return standsOn(name, "protocol");
    }

    private static ArchRule standsOn(String name, String... others) {
        Set<String> known = Stream.concat(Stream.of(name), Stream.of(others)).collect(Collectors.toSet());
        return noClasses()
                .that()
                .resideInAPackage(ROOT + "." + name + "..")
                .should()
                .dependOnClassesThat(DescribedPredicate.describe(
                        "are Parley's other packages", to -> isOurs(to) && !known.contains(floorName(to))))
                .allowEmptyShould(true);
    }

    private static boolean isOurs(JavaClass type) {
        return type.getPackageName().equals(ROOT) || type.getPackageName().startsWith(ROOT + ".");
    }

    private static int floor(JavaClass type) {
        return FLOORS.getOrDefault(floorName(type), -1);
    }

    private static String floorName(JavaClass type) {
        return floorName(type.getPackageName());
    }

    /** The package right below the root; what stands below that shares its floor. */
    private static String floorName(String packageName) {
        return packageName.equals(ROOT)
                ? ""
                : packageName.substring(ROOT.length() + 1).split("\\.")[0];
    }

    private static boolean mayImport(String floorName, String className) {
        Set<String> homes = Set.of();
        int longest = 0;
        for (Map.Entry<String, Set<String>> home : HOMES.entrySet()) {
            if (className.startsWith(home.getKey()) && home.getKey().length() > longest) {
                longest = home.getKey().length();
                homes = home.getValue();
            }
        }
        return longest == 0 ? COMMON.stream().anyMatch(className::startsWith) : homes.contains(floorName);
    }
}
