-- Ends a lease after so long: who comes back to another server until then was never away.
-- KEYS: leases. ARGV: server, for how long yet (ms).
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
return redis.call('ZADD', KEYS[1], 'XX', string.format('%.0f', now + ARGV[2]), ARGV[1])
