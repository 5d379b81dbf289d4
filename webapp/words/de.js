// Die Worte der Seite auf Deutsch, nach Bereichen. {Namen} stehen für Werte; ein Text mit Formen wird nach {count} gewählt.

export default {
  errors: {
    bad_message: 'Der Server hat das nicht verstanden.',
    too_large: 'Diese Nachricht ist zu lang.',
    bad_room: 'So kann ein Raum nicht heißen. Buchstaben, Ziffern, Punkt, Unterstrich und Bindestrich gehen.',
    not_joined: 'Du bist nicht in diesem Raum.',
    forbidden: 'Das darfst du hier nicht.',
    not_found: 'Das gibt es nicht oder nicht mehr.',
    conflict: 'Diese Nachricht widerspricht einer früheren.',
    too_many_rooms: 'Du bist in so vielen Räumen, wie man sein darf. Verlasse zuerst einen.',
    rate_limited: 'Das war etwas schnell. Einen Moment.',
    busy: 'Der Server ist beschäftigt.',
    unavailable: 'Der Server kann gerade keine Nachrichten speichern.',
    internal: 'Im Server ist etwas schiefgegangen.',
    unknown: 'Der Server hat das abgelehnt.',
  },

  closes: {
    1001: 'Der Server startet neu.',
    1002: 'Diese Seite und der Server verstehen sich nicht. Lade die Seite neu.',
    1009: 'Diese Seite hat mehr geschickt, als der Server annimmt. Lade die Seite neu.',
    1011: 'Der Server hatte ein Problem.',
    1013: 'Der Server ist voll.',
    4400: 'Dieser Name geht nicht.',
    4401: 'Deine Sitzung ist zu Ende.',
    4403: 'Du darfst nicht herein.',
    4409: 'Dieser Name gehört jemand anderem. Wähle einen anderen.',
    4410: 'Du bist zu oft gleichzeitig hier. Schließe einen Tab oder ein Fenster und verbinde dich dann neu.',
    4508: 'Die Verbindung ist verstummt.',
    4513: 'Die Verbindung ist zu langsam.',
    4529: 'Das war zu viel auf einmal.',
    lost: 'Die Verbindung ist abgerissen.',
    stay: 'Der Server hat darum gebeten, fernzubleiben.',
    unreachable: 'Der Server ist gerade nicht erreichbar.',
  },

  status: {
    idle: 'Nicht verbunden',
    connecting: 'Verbinde…',
    open: 'Verbunden',
    moving: 'Wechsle den Server…',
    waiting: 'Verbinde neu…',
    away: 'Getrennt',
    offline: 'Dieses Gerät ist offline.',
    seconds: '{count} s',
    tryNow: 'Jetzt versuchen',
    connectAgain: 'Neu verbinden',
  },

  // Why a message was not sent, where it was not the server that refused it.
  sending: {
    unanswered: 'Der Server antwortet nicht.',
    other_sender: 'Unter einem anderen Namen geschrieben. Unter diesem senden?',
    full: 'Es warten schon zu viele Nachrichten.',
    left: 'Du hast den Raum verlassen.',
    not_joined: 'Du bist nicht in diesem Raum.',
  },
};
