package chat.parley.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Modules as one: what each sees of the others. That a browser runs it is what every test of the page is about. */
class PageBundleTest {

    @Test
    void eachHasItsScopeAndWhatItImports() throws Exception {
        PageBundle.Joined joined = PageBundle.of(
                "main.js",
                Map.of(
                        "main.js", "import { a, b as c } from './view/x.js';\na(c);\n",
                        "view/x.js", "import { d } from '../y.js';\nexport const b = d;\nexport function a() {}\n",
                        "y.js", "export class d {}\n",
                        "unused.js", "export const nothing = 1;\n"));

        assertEquals("""
                // y.js
                const $0 = await (async () => {
                class d {}
                return { d };
                })();
                // view/x.js
                const $1 = await (async () => {
                const { d } = $0;
                const b = d;
                function a() {}
                return { b, a };
                })();
                // main.js
                const $2 = await (async () => {
                const { a, b: c } = $1;
                a(c);
                return {  };
                })();
                """, joined.source());
        assertEquals(Set.of("main.js", "view/x.js", "y.js"), joined.modules());
    }

    @Test
    void whatIsPassedOnIsExported() throws Exception {
        String source = PageBundle.of(
                        "main.js",
                        Map.of(
                                "main.js", "import { p } from './x.js';\np();\n",
                                "x.js", "export { o as p } from './y.js';\n",
                                "y.js", "export function o() {}\n"))
                .source();

        assertTrue(source.contains("return { p: $0.o };"), source);
    }

    @Test
    void whatCannotBeJoinedIsNamed() {
        assertRefused(
                "circle",
                Map.of("main.js", "import { a } from './a.js';\n", "a.js", "import { m } from './main.js';\n"));
        assertRefused("no a.js", Map.of("main.js", "import { a } from './a.js';\n"));
        assertRefused("not known: export default 1;", Map.of("main.js", "export default 1;\n"));
        assertRefused("not known: import './a.js';", Map.of("main.js", "import './a.js';\n"));
        assertRefused(
                "view/a.js names files",
                Map.of(
                        "main.js",
                        "import { a } from './view/a.js';\n",
                        "view/a.js",
                        "export const a = import.meta.url;\n"));
    }

    private static void assertRefused(String part, Map<String, String> sources) {
        IOException refusal = assertThrows(IOException.class, () -> PageBundle.of("main.js", sources));
        assertTrue(refusal.getMessage().contains(part), refusal.getMessage());
    }
}
