// What is typed and what is seen of it. Whatever comes, nothing is lost but marks, and the work grows as the content does.

import assert from 'node:assert/strict';
import test from 'node:test';
import { markupOf } from '../../../webapp/markup.js';

/** The tree in short: <kind text>. */
function shown(content, me = null) {
  const short = (node) => {
    if (node.kind === 'text') return node.text;
    const inside = node.nodes === undefined ? node.text : node.nodes.map(short).join('');
    return `<${node.kind} ${inside}${node.host ? ` (${node.host})` : ''}>`;
  };
  return markupOf(content, me).map(short).join('');
}

function typedOf(nodes) {
  return nodes.map(({ typed, text, nodes: inside, marks: [before, after] = ['', ''] }) => before + (typed ?? text ?? typedOf(inside)) + after).join('');
}

function nodesOf(nodes) {
  return nodes.flatMap((node) => [node, ...nodesOf(node.nodes ?? [])]);
}

const table = (rows) => {
  for (const [content, expected] of rows) assert.equal(shown(content), expected, content);
};

test('bold, italic, struck', () => {
  table([
    ['**bold** *italic* _italic_ ~~struck~~', '<strong bold> <em italic> <em italic> <del struck>'],
    ['***both***', '<strong <em both>>'],
    ['**a *b* c**', '<strong a <em b> c>'],
    ['(*so*), "_so_"!', '(<em so>), "<em so>"!'],
    ['_a_b_', '<em a_b>'],
    ['2 *3 and *this*', '2 *3 and <em this>'],
    ['**a *b** c*', '<strong a *b> c*'],
    ['这是**重要**的', '这是<strong 重要>的'],
    ['*so*🎉', '<em so>🎉'],
  ]);
});

test('what is not meant so', () => {
  for (const same of [
    'snake_case_name', '2*3*4', '2 * 3 * 4', '__init__', '¯\\_(ツ)_/¯', 'a/*b*/c', '*.js *.ts', '**', '****', '* one', '~x~', '~~~~', '*open', 'open*',
    '**a\nb**', '>:(', '>_<', '#', '# title', '#12', '#ff8800', 'C#x', '&#x27;', 'a@b.c', '@', '`', '``x`', '[a](b)', '\\*x\\*',
  ]) assert.equal(shown(same), same);
});

test('code is as it is', () => {
  table([
    ['`a *b* @c #d https://e.f`', '<code a *b* @c #d https://e.f>'],
    ['``a ` b``', '<code a ` b>'],
    ['**`a`** `b` `c', '<strong <code a>> <code b> `c'],
    ['```one line```', '<code one line>'],
    ['```\na *b*\n\nc\n```', '<pre <code a *b*\n\nc\n>>'],
    ['see\n```js\nlet a;\n```\nso', 'see\n<pre <language js\n><code let a;\n>>so'],
    ['```a\nb```\nc', '<pre <language a\n><code b>\n>c'],
    ['```a b\nc```', '<pre <code a b\nc>>'],
    ['```\nnever *closed*', '```\nnever <em closed>'],
    ['```\nx\n``` and ```\ny\n```', '<pre <code x\n``` and >\n>y\n```'],
  ]);
});

test('quotes are lines', () => {
  table([
    ['> so *what*\n> and\nno', '<quote so <em what>\nand\n>no'],
    ['>\n> a', '<quote \na>'],
  ]);
});

test('addresses end where the sentence goes on', () => {
  table([
    ['see https://example.org/a?b=c#d.', 'see <link https://example.org/a?b=c#d>.'],
    ['(https://example.org/a_(b))', '(<link https://example.org/a_(b)>)'],
    ['**https://example.org/a_b_c**', '<strong <link https://example.org/a_b_c>>'],
    ['"http://example.org", HTTPS://EXAMPLE.ORG!', '"<link http://example.org>", <link HTTPS://EXAMPLE.ORG>!'],
    ['<https://example.org>', '<<link https://example.org>>'],
    ['https://example.org/\u202egpj.exe', '<link https://example.org/>\u202egpj.exe'],
    ['https://münchen.example', '<link https://münchen.example>'],
    ['https://аррӏе.example', '<link https://аррӏе.example (xn--80ak6aa92e.example)>'],
    ['https://pɑypal.example', '<link https://pɑypal.example (xn--pypal-0jc.example)>'],
    ['https://gıthub.example', '<link https://gıthub.example (xn--gthub-n4a.example)>'],
    ['https://bücher.example', '<link https://bücher.example>'],
  ]);
  assert.equal(markupOf('https://example.org')[0].href, 'https://example.org/');
});

test('only the web is linked, and only honestly', () => {
  for (const same of [
    'javascript:alert(1)', 'data:text/html,x', 'ftp://example.org', 'xhttp://example.org', 'http://', 'https://[', 'https://bank.example@evil.example',
    '[x](javascript:alert(1))', '[x](data:text/html,x)', '[x](//evil.example)',
  ]) assert.equal(shown(same), same);
  table([
    ['[the news](https://example.org/n?a)', '<link the news (example.org)>'],
    ['[bank.example](https://evil.example)', '[bank.example](<link https://evil.example>)'],
    ['[https://bank.example](https://evil.example)', '[<link https://bank.example>](<link https://evil.example>)'],
    ['[x](https://a:b@evil.example)', '[x](https://a:b@evil.example)'],
  ]);
});

test('rooms and people', () => {
  table([
    ['in #dev-ops.', 'in <room #dev-ops>.'],
    ['#Größe, #a1', '<room #Größe>, <room #a1>'],
    ['hi @bert, _@carl_', 'hi <mention @bert>, <em <mention @carl>>'],
  ]);
  assert.equal(markupOf('#Größe')[0].room, 'größe');
  const [call] = markupOf("@O'Neil's", "o'neil");
  assert.deepEqual([call.text, call.isMe], ["@O'Neil", true]);
  assert.equal(markupOf('@anna', 'bert')[0].isMe, false);
});

test('random hostile content: nothing is lost but marks, and every link goes to the web', () => {
  const pieces = ['*', '**', '***', '_', '~~', '`', '``', '```', '\n', ' ', '> ', '[', ']', '(', ')', 'https://a.b/c', 'http://', 'javascript:', '#r', '@me', '@',
    'a', 'B', '1', '.', '\\', '<script>', '&lt;', '\u202e', '\u2066', '\u2069', '👩🏽‍🚒', 'é', 'e\u0301\u0301', '中', 'ש', '\ud83d\ude00', '\t', '"'];
  let seed = 6;
  const random = (below) => (seed = (seed * 48271) % 2147483647) % below;
  for (let round = 0; round < 20_000; round++) {
    const content = Array.from({ length: random(24) }, () => pieces[random(pieces.length)]).join('');
    const tree = markupOf(content, 'me');
    assert.equal(typedOf(tree), content, JSON.stringify(content));
    for (const { kind, href, marks = [] } of nodesOf(tree)) {
      assert.match(kind, /^(text|strong|em|del|code|pre|language|quote|link|room|mention)$/);
      if (kind === 'link') assert.match(new URL(href).origin, /^https?:\/\/\w/);
      if (kind === 'link') assert.equal(new URL(href).username, '');
      assert.match(marks.join(''), /^[*_~`>\s]*$/);
    }
  }
});

test('twice the content is twice the work', () => {
  for (const piece of [
    '*', '*a', '*a ', '**a *b ', '*a _b ~~c ', 'a* ', '_', '~~', '`', '` ``', '`a``b```c', '```\n', '```\na\n', '[', '[a](', '[a](http://', '[a](http://b) ', '(', 'http://', 'https://a(',
    'http://[', 'https://a.b ', '@', '@a', '#', '#a', '#a.', '> ', '>\n', '\u202e', '👩🏽‍🚒', '*a* **b** _c_ ~~d~~ ',
  ]) {
    const steps = (times) => {
      const cost = { steps: 0 };
      markupOf(piece.repeat(times), 'a', cost);
      return cost.steps;
    };
    const times = Math.floor(3072 / piece.length);
    assert.ok(steps(2 * times) <= 2.2 * steps(times) + 50, `${piece}: ${steps(times)} and then ${steps(2 * times)}`);
    assert.ok(steps(times) <= 8 * 3072, `${piece}: ${steps(times)}`);
  }
});

test('the tree is never deep', () => {
  const depth = (nodes) => 1 + Math.max(0, ...nodes.map((node) => (node.nodes === undefined ? 0 : depth(node.nodes))));

  assert.ok(depth(markupOf('*a **b _c ~~d ***e '.repeat(80) + '*** ~~ _ ** *'.repeat(80))) < 9);
  assert.ok(depth(markupOf('> '.repeat(1000))) < 9);
});
