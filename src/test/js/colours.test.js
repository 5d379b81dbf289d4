// The colours of the page: what is written can be read on everything it stands on, in both themes (WCAG 2.2, 1.4.3 and 1.4.11).

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import test from 'node:test';

const css = readFileSync(new URL('../../../webapp/colours.css', import.meta.url), 'utf8');
const THEMES = ['light', 'dark'];
const GROUNDS = ['ground', 'surface', 'raised', 'hover', 'chosen'];
const COLOUR = String.raw`(?:#\w+|hsl\(var\(--hue\) [^)]+\)|rgb\([^)]+\))`;

/** The two colours that `light-dark()` gives a property. */
function pairOf(property, source = css) {
  const found = new RegExp(String.raw`(?<![\w-])${property}:[^;]*?light-dark\((${COLOUR}), (${COLOUR})\)`).exec(source);
  assert.ok(found, property);
  return { light: found[1], dark: found[2] };
}

function rgbOf(colour, hue = null) {
  if (colour.startsWith('#')) {
    const hex = colour.length === 4 ? colour.replace(/\w/g, '$&$&') : colour;
    return [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16) / 255);
  }
  const [saturation, lightness] = colour.match(/[\d.]+(?=%)/g).map((each) => each / 100);
  return [0, 8, 4].map((n) => {
    const k = (n + hue / 30) % 12;
    return lightness - saturation * Math.min(lightness, 1 - lightness) * Math.max(-1, Math.min(k - 3, 9 - k, 1));
  });
}

function luminance(rgb) {
  const [r, g, b] = rgb.map((each) => (each <= 0.04045 ? each / 12.92 : ((each + 0.055) / 1.055) ** 2.4));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(one, other) {
  const [high, low] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return (high + 0.05) / (low + 0.05);
}

function assertReadable(front, back, least, what) {
  const ratio = contrast(front, back);
  assert.ok(ratio >= least, `${what}: ${ratio.toFixed(2)}`);
}

function colour(name, theme) {
  return rgbOf(pairOf(`--${name}`)[theme]);
}

const hues = Array.from(css.matchAll(/\.hue-\d+ \{ --hue: (\d+); \}/g), ([, hue]) => Number(hue));

for (const theme of THEMES) {
  test(`${theme}: text can be read on every ground`, () => {
    for (const front of ['text', 'soft', 'accent-strong', 'good', 'bad']) {
      for (const back of GROUNDS) assertReadable(colour(front, theme), colour(back, theme), 4.5, `${front} on ${back}`);
    }
    for (const [front, back] of [['on-accent', 'accent'], ['on-accent', 'accent-strong'], ['on-bad', 'bad'], ['on-notice', 'notice'], ['on-notice', 'called']]) {
      assertReadable(colour(front, theme), colour(back, theme), 4.5, `${front} on ${back}`);
    }
  });

  test(`${theme}: what is no text but says something can be seen`, () => {
    for (const front of ['edge', 'focus', 'accent', 'good', 'waiting', 'bad']) {
      for (const back of GROUNDS) assertReadable(colour(front, theme), colour(back, theme), 3, `${front} on ${back}`);
    }
    assertReadable(colour('focus', theme), colour('notice', theme), 3, 'focus on notice');
  });

  test(`${theme}: every name can be read, and the letter in its mark`, () => {
    const name = pairOf('color', /\.name \{[^}]+\}/.exec(css)[0])[theme];
    const avatar = /\.avatar \{[^}]+\}/.exec(css)[0];
    assert.equal(hues.length, 12);
    for (const hue of hues) {
      for (const back of [...GROUNDS, 'notice']) assertReadable(rgbOf(name, hue), colour(back, theme), 4.5, `name ${hue} on ${back}`);
      assertReadable(rgbOf(pairOf('color', avatar)[theme], hue), rgbOf(pairOf('background', avatar)[theme], hue), 4.5, `letter ${hue}`);
    }
  });
}

test('no colour is given elsewhere, so that a theme can be chosen', () => {
  for (const name of ['style', 'door', 'talk', 'rooms', 'settings']) {
    const source = readFileSync(new URL(`../../../webapp/${name}.css`, import.meta.url), 'utf8');
    assert.doesNotMatch(source, /prefers-color-scheme|#[0-9a-f]{3,8}(?=[;\s])|hsl\(/, name);
  }
});
