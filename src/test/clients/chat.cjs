const WebSocket = require('ws');
const chat = new WebSocket(process.argv[2], 'parley.v1');
const send = message => chat.send(JSON.stringify({ room: 'lobby', ...message }));
chat.on('open', () => send({ type: 'join' }));
chat.on('message', data => {
  const event = JSON.parse(data);
  if (event.type === 'join') send({ type: 'message', content: `hello, ${event.sender}` });
  if (event.type === 'message') console.log(`${event.sender}: ${event.content}`);
});
