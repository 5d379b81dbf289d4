// Where the person writes: Enter sends, Shift+Enter makes a new line; says when a message is too long, or goes out later.

import { Completer } from './completer.js';
import { Counter } from './counter.js';
import { EmojiPicker } from './emoji-picker.js';
import { Field } from './field.js';
import { Recents } from '../recents.js';
import { TypingView } from './typing.js';
import { bytesLeft, tidyContent } from '../protocol.js';
import { scopeOf } from '../addresses.js';
import { setText } from './dom.js';
import { sharedStorage } from '../remembered.js';
import { t } from '../words.js';

/** An id as long as ours, to know what a message will weigh. */
const ANY_ID = '0'.repeat(32);

export class ComposerView {
  #form;
  #input;
  #hint;
  #said;
  #send;
  #field;
  #counter;
  #completer;
  #picker;
  #typing;
  #delegate;
  #recents = new Recents(sharedStorage(), scopeOf(document.baseURI));
  #room = null;
  #limits = null;

  /** The delegate: `composerSay(content)`; false means: not now, keep the text. `composerTyping()`; `rosterMore()`. */
  constructor(root, delegate) {
    this.#form = root.querySelector('#composer');
    this.#input = root.querySelector('#content');
    this.#hint = root.querySelector('#composer-hint');
    this.#said = root.querySelector('#composer-said');
    this.#send = root.querySelector('#send');
    this.#field = new Field(this.#input);
    this.#counter = new Counter(root.querySelector('#content-left'), this.#said);
    const parts = { list: root.querySelector('#suggestions'), input: this.#input, said: this.#said };
    this.#completer = new Completer(parts, this.#field, this.#recents, delegate);
    this.#picker = new EmojiPicker(root, this.#recents, (emoji) => this.#field.insert(emoji));
    this.#typing = new TypingView(root.querySelector('#typing'));
    this.#delegate = delegate;
  }

  start() {
    this.#form.addEventListener('submit', this.#submitted);
    for (const [type, act] of this.#acts) this.#input.addEventListener(type, act);
    this.#completer.start();
    this.#picker.start();
  }

  stop() {
    this.#form.removeEventListener('submit', this.#submitted);
    for (const [type, act] of this.#acts) this.#input.removeEventListener(type, act);
    this.#completer.stop();
    this.#picker.stop();
  }

  /** Each room keeps its own draft. `me` and `rooms` are whom and what one may mean. */
  draw(room, limits, { me = null, rooms = [] } = {}) {
    const isOther = room !== this.#room;
    const isNew = isOther || limits !== this.#limits;
    this.#room = room;
    this.#limits = limits;
    if (isOther || room.draft !== this.#field.text) this.#field.text = room.draft; // of another room, or from before a reload
    this.#drawState();
    this.#completer.draw({ room, rooms, me });
    this.#typing.draw(room);
    if (isNew) this.#changed();
  }

  focus() {
    this.#input.focus();
  }

  /** Calls somebody in what is being written. */
  mention(name) {
    if (!this.#input.disabled) this.#field.insertWord(`@${name}`);
  }

  /** Nothing is left for whoever comes next. */
  forget() {
    this.#recents.forget();
    this.#picker.forget();
    this.#room = null;
  }

  #drawState() {
    const { state, name, outbox } = this.#room;
    const mayWrite = state !== 'refused';
    const isLater = state === 'outside';
    this.#input.disabled = !mayWrite;
    this.#picker.allow(mayWrite);
    const placeholder = mayWrite ? t('composer.placeholder', { room: name }) : t('composer.cannot');
    if (this.#input.placeholder !== placeholder) this.#input.placeholder = placeholder;
    const hint = outbox.isFull ? 'composer.full' : isLater ? 'composer.later' : 'composer.hint';
    setText(this.#hint, t(hint));
    this.#hint.classList.toggle('later', hint !== 'composer.hint');
  }

  #submitted = (event) => {
    event.preventDefault();
    const content = tidyContent(this.#field.text);
    if (content === '' || this.#input.disabled || this.#leftFor(content) < 0) return;
    if (!this.#delegate.composerSay(content)) {
      setText(this.#said, t('composer.full'));
      return;
    }
    this.#field.text = '';
    this.#completer.close();
    this.#changed();
    this.#input.focus();
  };

  #pressed = (event) => {
    // While an input method composes, Enter chooses a word.
    if (event.isComposing || event.keyCode === 229) return;
    const isTaken = this.#completer.pressed(event) || this.#field.mark(event);
    if (!isTaken && (event.key !== 'Enter' || event.shiftKey)) return;
    event.preventDefault();
    event.stopPropagation(); // Escape closes one thing at a time
    if (!isTaken) this.#form.requestSubmit();
  };

  #typed = (event) => {
    this.#changed();
    if (event.inputType === 'insertFromPaste' && this.#input.ariaInvalid === 'true') setText(this.#said, t('composer.pasted'));
    this.#completer.changed();
    if (tidyContent(this.#field.text) !== '') this.#delegate.composerTyping();
  };

  /** The caret may be elsewhere now. */
  #moved = ({ type, key }) => {
    if (type === 'click' || ['ArrowLeft', 'ArrowRight', 'Home', 'End'].includes(key)) this.#completer.changed();
  };

  #left = () => this.#completer.close();

  #acts = Object.entries({
    keydown: this.#pressed,
    input: this.#typed,
    keyup: this.#moved,
    click: this.#moved,
    blur: this.#left,
  });

  #changed() {
    this.#room.draft = this.#field.text;
    const content = tidyContent(this.#field.text);
    const left = this.#leftFor(content);
    this.#counter.draw(left);
    this.#input.setAttribute('aria-invalid', String(left < 0));
    this.#send.disabled = content === '' || left < 0 || this.#input.disabled;
    this.#field.grow();
  }

  #leftFor(content) {
    return bytesLeft({ type: 'message', id: ANY_ID, content, room: this.#room.name }, this.#limits);
  }
}
