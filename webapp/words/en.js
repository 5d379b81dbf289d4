// The words of the page in English, by area. {names} stand for values; a text with forms is chosen by {count}.

export default {
  // An `error` of the server, by its code: protocol, section 4.
  errors: {
    bad_message: 'The server did not understand this.',
    too_large: 'This message is too long.',
    bad_room: 'A room cannot have this name. Letters, digits, dot, underscore and hyphen are fine.',
    not_joined: 'You are not in this room.',
    forbidden: 'You may not do this here.',
    not_found: 'This does not exist, or no longer.',
    conflict: 'This message clashes with an earlier one.',
    too_many_rooms: 'You are in as many rooms as one may be. Leave one first.',
    rate_limited: 'That was a little fast. One moment.',
    busy: 'The server is busy.',
    unavailable: 'The server cannot store messages right now.',
    internal: 'Something went wrong in the server.',
    unknown: 'The server refused this.',
  },

  // Why a connection ended, by its close code.
  closes: {
    1001: 'The server is restarting.',
    1002: 'This page and the server do not understand each other. Reload the page.',
    1009: 'This page sent more than the server takes. Reload the page.',
    1011: 'The server had a problem.',
    1013: 'The server is full.',
    4400: 'This name cannot be used.',
    4401: 'Your session has ended.',
    4403: 'You may not come in.',
    4409: 'This name belongs to somebody else. Choose another.',
    4410: 'There are too many of you here. Close a tab or a window, then connect again.',
    4508: 'The connection went silent.',
    4513: 'The connection is too slow.',
    4529: 'That was too much at once.',
    lost: 'The connection was lost.',
    stay: 'The server asked to stay away.',
    unreachable: 'The server cannot be reached right now.',
  },

  // The state of the connection.
  status: {
    idle: 'Not connected',
    connecting: 'Connecting…',
    open: 'Connected',
    moving: 'Moving to another server…',
    waiting: 'Reconnecting…',
    away: 'Disconnected',
    offline: 'This device is offline.',
    seconds: '{count} s',
    tryNow: 'Try now',
    connectAgain: 'Connect again',
  },

  // Why a message was not sent, where it was not the server that refused it.
  sending: {
    unanswered: 'The server does not answer.',
    other_sender: 'Written under another name. Send it under this one?',
    full: 'Too many messages are waiting.',
    left: 'You left the room.',
    not_joined: 'You are not in this room.',
  },
};
