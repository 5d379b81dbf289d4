// Loaded before the page is painted, and as no module for that reason: gives it the theme and the size that were chosen.
(() => {
  const GROUNDS = { light: '#ffffff', dark: '#171b23' }; // --surface, for what the browser paints around the page
  const key = `parley:${new URL('.', document.baseURI).pathname}:settings`;
  const show = () => {
    let chosen = null;
    try {
      chosen = JSON.parse(localStorage.getItem(key));
    } catch {
      // Forbidden, or nonsense: as if nothing had been chosen.
    }
    const { dataset } = document.documentElement;
    delete dataset.theme;
    delete dataset.size;
    if (chosen?.theme in GROUNDS) dataset.theme = chosen.theme;
    if (chosen?.size === 'large' || chosen?.size === 'larger') dataset.size = chosen.size;
    for (const meta of document.querySelectorAll('meta[name="theme-color"]')) {
      meta.content = GROUNDS[dataset.theme] ?? GROUNDS[meta.dataset.of];
    }
  };
  show();
  addEventListener('parley:settings', show);
  addEventListener('storage', (event) => event.key === key && show());
})();
