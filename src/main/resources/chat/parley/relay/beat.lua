-- Renews the lease of a server, and says whose leases have ended.
-- KEYS: leases, crowd, rooms of the server, links. ARGV: server, length of a lease (ms), time to live (s), whether the
-- server takes its lease for lost (1 or 0), the number of its link: what an earlier one says is too late from now on.
-- Answers: whether the lease was held until now (1 or 0), the servers whose leases have ended; and when the lease was lost,
-- or is taken for that, the rooms that the server is written down in.
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local link = redis.call('HGET', KEYS[4], ARGV[1])
if link and tonumber(link) > tonumber(ARGV[5]) then
  return redis.error_reply('LATE it came by a link that was given up')
end
redis.call('HSET', KEYS[4], ARGV[1], ARGV[5])
local ends = redis.call('ZSCORE', KEYS[1], ARGV[1])
redis.call('ZADD', KEYS[1], string.format('%.0f', now + ARGV[2]), ARGV[1])
redis.call('EXPIRE', KEYS[1], ARGV[3])
redis.call('EXPIRE', KEYS[2], ARGV[3])
redis.call('EXPIRE', KEYS[4], ARGV[3])
local held = ends and tonumber(ends) > now
local answer = {held and 1 or 0,
  redis.call('ZRANGEBYSCORE', KEYS[1], '-inf', string.format('%.0f', now), 'LIMIT', 0, 100)}
if not held or ARGV[4] == '1' then
  answer[3] = redis.call('SMEMBERS', KEYS[3])
end
return answer
