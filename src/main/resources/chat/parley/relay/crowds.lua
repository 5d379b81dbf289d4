-- The rooms with the most people. KEYS: crowd. ARGV: how many. Answers: a room and its people, for each.
return redis.call('ZREVRANGE', KEYS[1], 0, ARGV[1] - 1, 'WITHSCORES')
