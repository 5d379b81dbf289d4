-- How many connections a user has on a server now.
-- KEYS: connections of the user, leases, links. ARGV: server, how many, time to live (s), the number of the server's link.
-- Answers: how many on all servers that live; nothing changes when the server has another link by now.
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local late = tonumber(redis.call('HGET', KEYS[3], ARGV[1]) or '0') > tonumber(ARGV[4])
if late then
  -- What the server says by its new link is right.
elseif ARGV[2] == '0' then
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
