// A client on a line without a network: the test plays the server, and time passes when it says so.

import { ParleyClient } from '../../../webapp/parley-client.js';

/** What `new WebSocket` gives in a test. */
class Socket extends EventTarget {
  readyState = 1;
  sent = [];

  constructor(url, protocols) {
    super();
    Object.assign(this, { url, protocols });
  }

  send(frame) {
    this.sent.push(JSON.parse(frame));
  }

  close() {
    this.readyState = 3;
  }
}

/** `context` is that of a test: the timers end with it. `settle()` lets the promises go on that wait. */
export async function lineOf(context, { url = 'ws://server/chat', random = () => 0.5 } = {}) {
  context.mock.timers.enable({ apis: ['setTimeout', 'setInterval'] });
  const line = { now: 1000, sockets: [], told: [], admissions: [], refusals: [], settle };
  const options = {
    random,
    now: () => line.now,
    WebSocket: function make(...given) {
      const socket = new Socket(...given);
      line.sockets.push(socket);
      return socket;
    },
  };
  line.client = new ParleyClient(url, options);
  for (const type of EVENTS) line.client.addEventListener(type, ({ detail }) => line.told.push(detail));
  line.client.addEventListener('joined', ({ detail }) => line.admissions.push(detail));
  line.client.addEventListener('refused', ({ detail }) => line.refusals.push(detail));
  Object.defineProperty(line, 'socket', { get: () => line.sockets.at(-1) });
  line.pass = async (ms) => {
    await settle();
    for (let left = ms; left > 0; left -= 1000) {
      line.now += Math.min(left, 1000);
      context.mock.timers.tick(Math.min(left, 1000));
      await settle();
    }
  };
  line.sleep = (ms) => (line.now += ms);
  line.say = (...messages) => line.socket.dispatchEvent(new MessageEvent('message', { data: JSON.stringify(messages) }));
  line.welcome = (more = {}) => line.say({ type: 'welcome', sender: 'me', guest: true, limits: {}, pingMs: 25_000, ...more });
  line.close = (code, reason = '') => {
    line.socket.readyState = 3;
    line.socket.dispatchEvent(Object.assign(new Event('close'), { code, reason }));
  };
  line.all = (type) => line.socket.sent.filter((each) => each.type === type);
  line.last = (type) => line.all(type).at(-1);
  line.heard = (type) => line.told.filter((each) => each.type === type);
  /** Answers the join that was asked last of a room. */
  line.admit = (room, { head = 0, first = 1, epoch = 'e', recovered = false, messages = [], ...more } = {}) => {
    const { id } = line.all('join').findLast((each) => each.room === room);
    line.say({ type: 'ack', id, room, head, first, epoch, count: 1, recovered, ...more });
    if (!recovered) line.say({ type: 'history', id, room, messages, more: messages.length > 0 && messages[0].seq > first, first });
  };
  /** Loses the connection, and comes back. */
  line.reconnect = async (more) => {
    line.close(1006);
    while (line.client.state === 'waiting') await line.pass(100);
    line.welcome(more);
  };
  line.start = async (more) => {
    line.client.start();
    await settle();
    line.welcome(more);
  };
  context.after(() => line.client.stop());
  return line;
}

export function message(seq, sender = 'bob', id = `i${seq}`, room = 'a') {
  return { type: 'message', room, seq, id, sender, content: `c${seq}`, timestamp: seq };
}

const EVENTS = ['state', 'welcome', 'history', 'message', 'event', 'gap', 'join', 'leave', 'members', 'typing', 'outgoing'];

const settle = () => new Promise((resolve) => setImmediate(resolve));
