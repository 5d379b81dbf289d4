// What helps to write: completion, marks around a selection, the grid's arrow keys, and telling that one types.

import assert from 'node:assert/strict';
import test from 'node:test';
import { begunAt, codeBefore, fitting } from '../../../webapp/completion.js';
import { listed } from '../../../webapp/roster.js';
import { movedIn } from '../../../webapp/grid.js';
import { Typing } from '../../../webapp/typing.js';
import { wrapped } from '../../../webapp/wrapping.js';

const begun = (text) => {
  const { sign, query, from } = begunAt(text, text.length) ?? {};
  return sign === undefined ? null : `${sign}${query} at ${from}`;
};

test('what is begun before the caret', () => {
  assert.equal(begun('hi @an'), '@an at 3');
  assert.equal(begun('@'), '@ at 0');
  assert.equal(begun('(#dev-'), '#dev- at 1');
  assert.equal(begun('so :ta'), ':ta at 3');
  for (const none of ['', 'a@b', 'hi @an ', ':)', ':p', '10:30', 'x:tada', '@a@b', '# ']) assert.equal(begun(none), null, none);
  assert.deepEqual(begunAt('@ab cd', 2), { sign: '@', query: 'a', from: 0, to: 2 });
  assert.equal(begun('x'.repeat(3000) + ' @a'), '@a at 3001');
});

test('a whole shortcode before the caret', () => {
  assert.deepEqual(codeBefore('so :tada:', 9), { code: 'tada', from: 3, to: 9 });
  assert.deepEqual(codeBefore('🎉:+1:', 6), { code: '+1', from: 2, to: 6 });
  for (const none of ['tada:', 'a:b:', '::', ':tada: ', '10:30:']) assert.equal(codeBefore(none, none.length), null, none);
});

test('the best names come first, each once', () => {
  assert.deepEqual(fitting('an', ['diana', 'bo-ann', 'anna', 'andy', 'anna', 'zoe']), ['anna', 'andy', 'bo-ann', 'diana']);
  assert.deepEqual(fitting('', ['b', 'a']), ['b', 'a']);
  assert.deepEqual(fitting('ANNA', ['anna']), [], 'nothing left to choose');
  assert.deepEqual(fitting('anna', ['anna', 'annabel']), ['anna', 'annabel']);
  assert.equal(fitting('a', Array.from({ length: 50 }, (_, index) => `a${index}`)).length, 8);
});

/** The text after the mark, with what is selected then in <>. */
function marked(text, mark = '**') {
  const from = text.indexOf('<');
  const to = text.indexOf('>') - 1;
  const content = text.replace(/[<>]/g, '');
  const { from: start, to: end, text: put, ...chosen } = wrapped(content, from, to, mark);
  const after = content.slice(0, start) + put + content.slice(end);
  return `${after.slice(0, chosen.start)}<${after.slice(chosen.start, chosen.end)}>${after.slice(chosen.end)}`;
}

test('marks go around what is selected, and away again', () => {
  assert.equal(marked('a <b c> d'), 'a **<b c>** d');
  assert.equal(marked('a **<b c>** d'), 'a <b c> d');
  assert.equal(marked('a <**b c**> d'), 'a <b c> d');
  assert.equal(marked('a< b >c'), 'a **<b>** c');
  assert.equal(marked('a <>'), 'a **<>**');
  assert.equal(marked('a **<>**'), 'a <>');
  assert.equal(marked('**a<>**'), '**a**<>');
  assert.equal(marked('<a>', '`'), '`<a>`');
});

test('arrow keys go through a grid of sections', () => {
  const move = (section, index, key) => {
    const to = movedIn([3, 10, 2], 4, { section, index }, key);
    return to === null ? null : [to.section, to.index];
  };
  assert.deepEqual(move(0, 2, 'ArrowRight'), [1, 0]);
  assert.deepEqual(move(1, 0, 'ArrowLeft'), [0, 2]);
  assert.equal(move(0, 0, 'ArrowLeft'), null);
  assert.equal(move(2, 1, 'ArrowRight'), null);
  assert.deepEqual(move(1, 1, 'ArrowDown'), [1, 5]);
  assert.deepEqual(move(1, 7, 'ArrowDown'), [1, 9], 'the last row is short');
  assert.deepEqual(move(1, 9, 'ArrowDown'), [2, 1]);
  assert.deepEqual(move(2, 1, 'ArrowUp'), [1, 9]);
  assert.deepEqual(move(1, 3, 'ArrowUp'), [0, 2]);
  assert.equal(move(0, 1, 'ArrowUp'), null);
  assert.deepEqual([move(1, 6, 'Home'), move(1, 5, 'End'), move(1, 8, 'End')], [[1, 4], [1, 7], [1, 9]]);
  assert.equal(move(0, 0, 'x'), null);
});

test('who types is known for some seconds, and oneself is not told of', () => {
  const typing = new Typing();
  typing.heard('anna', 0);
  typing.heard('bert', 1000);
  typing.heard('me', 1000);
  typing.heard('anna', 3000);

  assert.deepEqual(typing.namesAt(3000, 'me'), ['anna', 'bert']);
  assert.deepEqual(typing.namesAt(8000, 'me'), ['anna']);
  typing.ended('anna');
  assert.deepEqual(typing.namesAt(8000, 'me'), []);
});

test('the others are told at most every three seconds, and only where they hear it', () => {
  const typing = new Typing();
  assert.ok(!typing.tell(0, 1), 'alone');
  assert.ok(!typing.tell(0, 101), 'too many');
  assert.ok(typing.tell(0, 2));
  assert.ok(!typing.tell(2999, 2));
  assert.ok(typing.tell(3000, 100));
});

test('one stands first in the list of people, and names are found by any part', () => {
  assert.deepEqual(listed(['anna', 'bert', 'me'], 'me'), ['me', 'anna', 'bert']);
  assert.deepEqual(listed(['anna', 'bert', 'me'], 'me', ' @ER '), ['bert']);
  assert.deepEqual(listed(['anna'], 'me', 'x'), []);
});
