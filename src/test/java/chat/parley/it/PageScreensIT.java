package chat.parley.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.parley.it.Screens.Screen;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ReducedMotion;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every screen of the page, in both themes, on a large window, on a phone and enlarged to 200 %: axe finds no barrier,
 * nothing has to be scrolled sideways, everything that can be used can be brought into view. A picture of each goes to
 * {@code target/screenshots}, to be looked at.
 *
 * <p>The two in the README are taken anew by {@code mvn verify -Dit.test=PageScreensIT -Dparley.pictures=renew}.
 */
class PageScreensIT {

    private static final Path TARGET = Path.of(System.getProperty("project.build.directory", "target"));
    private static final Path PICTURES = Path.of("src/site/markdown/images");

    /** What a picture of a page has at least; one that is blank has two or three. */
    private static final int LEAST_COLOURS = 20;

    @RegisterExtension
    static final Chromium chromium = new Chromium();

    @RegisterExtension
    static final TestServer server = TestServer.with(
            "parley.auth.argon2.memory", "64KB",
            "parley.auth.argon2.iterations", "1",
            "parley.auth.attempts-per-address", "0",
            "parley.presence.linger", "0s");

    @ParameterizedTest
    @MethodSource
    void isForEverybodyEverywhere(Screen screen) throws Exception {
        boolean isPhone = screen.size() == Screens.Size.PHONE;
        Page page = chromium.open(server, isPhone ? 360 : 1280, isPhone ? 640 : 800);
        // What fades in would be measured half faded.
        page.emulateMedia(new Page.EmulateMediaOptions().setReducedMotion(ReducedMotion.REDUCE));
        screen.way().accept(page, server);
        List<String> barriers = new ArrayList<>();
        List<String> misfits = new ArrayList<>();

        if (!isPhone) {
            for (ColorScheme theme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
                show(page, theme);
                barriers.addAll(barriers(page, theme));
                take(page, screen.name() + "-" + nameOf(theme));
                renew(page, screen, theme);
            }
            page.setViewportSize(360, 640);
        }
        for (ColorScheme theme : List.of(ColorScheme.DARK, ColorScheme.LIGHT)) {
            show(page, theme);
            take(page, screen.name() + "-phone-" + nameOf(theme));
            barriers.addAll(barriers(page, theme));
        }
        misfits.addAll(misfits(page, "on a phone"));
        if (!isPhone) {
            page.setViewportSize(640, 400); // what is left of a window of 1280 by 800 at 200 %
            misfits.addAll(misfits(page, "at 200 %"));
        }

        assertEquals(List.of(), barriers);
        assertEquals(List.of(), misfits);
    }

    /** A test of the tests: they would find something. */
    @Test
    void aBarrierAndAMisfitAreFound() {
        Page page = chromium.open(server, 360, 640);
        page.evaluate("""
            () => {
              const button = document.createElement('button');
              button.append('x'.repeat(80));
              button.style.color = 'color-mix(in srgb, var(--ground), var(--surface))';
              document.querySelector('#door .card').append(button, document.createElement('button'));
            }""");

        for (ColorScheme theme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
            show(page, theme);
            List<String> barriers = barriers(page, theme);
            assertTrue(barriers.stream().anyMatch(each -> each.contains("color-contrast")), barriers::toString);
            assertEquals(
                    theme == ColorScheme.LIGHT,
                    barriers.stream().anyMatch(each -> each.contains("button-name")),
                    barriers::toString);
        }
        assertTrue(misfits(page, "here").stream().anyMatch(each -> each.contains("out of reach")));
    }

    static Stream<Screen> isForEverybodyEverywhere() {
        String only = System.getProperty("parley.screens", ""); // the beginnings of names, with commas; empty is all
        return Screens.all().filter(screen -> Stream.of(only.split(",")).anyMatch(screen.name()::startsWith));
    }

    // ---- axe

    private static final String AXE = axe();

    /** What axe calls a violation, each with where it is. In the dark only the colours are others. */
    @SuppressWarnings("unchecked")
    private static List<String> barriers(Page page, ColorScheme theme) {
        page.evaluate("(axe) => window.axe ?? void (0, eval)(axe)", AXE);
        return ((List<String>) page.evaluate("""
                        async (isDark) => {
                          const colours = { runOnly: ['color-contrast', 'link-in-text-block'] };
                          const { violations } = await axe.run(document, { resultTypes: ['violations'], ...(isDark ? colours : {}) });
                          return violations.flatMap(({ id, nodes }) =>
                            nodes.map(({ target, failureSummary }) => `${id}: ${target.join(' ')}: ${failureSummary}`));
                        }""", theme == ColorScheme.DARK))
                .stream().map(each -> nameOf(theme) + " " + each).toList();
    }

    private static String axe() {
        try (InputStream script = PageScreensIT.class.getResourceAsStream("/axe.min.js")) {
            return new String(script.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    // ---- sizes

    /** What is wider than its place, and what of all that can be used, but for the ways to skip, cannot be brought into view or lies below something. */
    @SuppressWarnings("unchecked")
    private static List<String> misfits(Page page, String where) {
        return ((List<String>) page.evaluate("""
                        () => {
                          const told = [];
                          const nameOf = (each) => `${each.tagName.toLowerCase()}${each.id ? `#${each.id}` : ''}.${each.className} "${each.textContent.trim().slice(0, 30)}"`;
                          const root = document.documentElement;
                          if (root.scrollWidth > innerWidth) told.push(`the page is ${root.scrollWidth} wide`);
                          for (const each of document.querySelectorAll('main, aside, nav, dialog, form, header, #talk-scroll')) {
                            if (each.checkVisibility({ visibilityProperty: true }) && each.scrollWidth > each.clientWidth + 1) told.push(`${nameOf(each)} scrolls sideways`);
                          }
                          const within = document.querySelector('dialog[open]') ?? document.querySelector('.side.open') ?? document.body;
                          for (const each of within.querySelectorAll('a[href], button, input, textarea, select, summary')) {
                            if (each.disabled || each.closest('#skips') !== null || !each.checkVisibility({ visibilityProperty: true, opacityProperty: false })) continue;
                            each.scrollIntoView({ block: 'center', inline: 'nearest', behavior: 'instant' });
                            const { left, right, top, bottom } = each.getClientRects()[0] ?? each.getBoundingClientRect();
                            const [x, y] = [(left + right) / 2, (top + bottom) / 2];
                            if (left < -1 || right > innerWidth + 1 || y < 0 || y > innerHeight) {
                              told.push(`${nameOf(each)} is out of reach at ${Math.round(x)}, ${Math.round(y)}`);
                              continue;
                            }
                            const hit = document.elementFromPoint(x, y);
                            const isHit = hit !== null && (each.contains(hit) || hit.contains(each) || hit.closest('label')?.control === each);
                            if (!isHit) told.push(`${nameOf(each)} lies below ${hit === null ? 'nothing' : nameOf(hit)}`);
                          }
                          return told;
                        }"""))
                .stream().map(each -> where + " " + each).toList();
    }

    // ---- pictures

    private static void show(Page page, ColorScheme theme) {
        page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(theme).setReducedMotion(ReducedMotion.REDUCE));
        Visitor.at(page).frame();
    }

    private static void take(Page page, String name) throws IOException {
        Path file = TARGET.resolve("screenshots").resolve(name + ".png");
        Files.createDirectories(file.getParent());
        byte[] picture = page.screenshot(new Page.ScreenshotOptions().setPath(file));
        BufferedImage image = ImageIO.read(new ByteArrayInputStream(picture));
        int width = image.getWidth();
        long colours = Arrays.stream(image.getRGB(0, 0, width, image.getHeight(), null, 0, width))
                .distinct()
                .count();
        assertTrue(colours >= LEAST_COLOURS, () -> name + " is blank: " + colours + " colours");
    }

    private static void renew(Page page, Screen screen, ColorScheme theme) throws IOException {
        if (screen.name().equals("chat") && "renew".equals(System.getProperty("parley.pictures"))) {
            Files.write(PICTURES.resolve("chat-" + nameOf(theme) + ".png"), Indexed.png(page.screenshot()));
        }
    }

    private static String nameOf(ColorScheme theme) {
        return theme.name().toLowerCase(Locale.ROOT);
    }
}
