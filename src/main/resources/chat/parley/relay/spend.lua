-- Somebody took some of what comes back with time.
-- KEYS: until when they pay (microseconds). ARGV: what it costs, what they can owe at most, how long ago they began
-- to take it (all microseconds).
-- Answers: what they owe now, microseconds. The key lives as long as they owe.
local time = redis.call('TIME')
local now = time[1] * 1000000 + time[2]
local paid = tonumber(redis.call('GET', KEYS[1]) or '0')
local owed = math.min(math.max(paid - now, -tonumber(ARGV[3])) + ARGV[1], tonumber(ARGV[2]))
if owed <= 0 then
  return 0
end
redis.call('SET', KEYS[1], string.format('%.0f', now + owed), 'PX', string.format('%.0f', math.ceil(owed / 1000) + 1))
return owed
