-- How many connections a user has on a server now.
-- KEYS: connections of the user, leases. ARGV: server, how many, time to live (s).
-- Answers: how many on all servers that live.
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
if ARGV[2] == '0' then
  redis.call('HDEL', KEYS[1], ARGV[1])
else
  redis.call('HSET', KEYS[1], ARGV[1], ARGV[2])
  redis.call('EXPIRE', KEYS[1], ARGV[3])
end
local all = 0
local counts = redis.call('HGETALL', KEYS[1])
for i = 1, #counts, 2 do
  local ends = redis.call('ZSCORE', KEYS[2], counts[i])
  if counts[i] == ARGV[1] or ends and tonumber(ends) > now then
    all = all + counts[i + 1]
  else
    redis.call('HDEL', KEYS[1], counts[i])
  end
end
return all
