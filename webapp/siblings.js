// The other tabs of this browser, which share its session: tells them that it was changed here, and hears from them.

export class Siblings {
  #name;
  #delegate;
  #channel = null;

  /** `scope` keeps two Parleys of one origin apart. The delegate: `siblingsChanged()`, the session was changed elsewhere. */
  constructor(scope, delegate) {
    this.#name = `parley:${scope}`;
    this.#delegate = delegate;
  }

  start() {
    this.#channel = new BroadcastChannel(this.#name);
    this.#channel.addEventListener('message', this.#heard);
  }

  stop() {
    this.#channel.close();
  }

  /** To be called once the browser has the new cookie: then whoever asks who they are is told the truth. */
  tell() {
    this.#channel.postMessage('session');
  }

  #heard = () => this.#delegate.siblingsChanged();
}
