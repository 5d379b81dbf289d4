-- People of one server come into a room and go, as far as that is not known; the room hears of it.
-- KEYS: leases, room, people of the server in the room, rooms of the server, crowd, links.
-- ARGV: server, room, channel, prefix of keys, time to live (s), the number of the server's link, then +name or -name for
-- each.
-- Answers: 0 when the server has no lease or another link by now, and nothing was done; else 1.
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local ends = redis.call('ZSCORE', KEYS[1], ARGV[1])
if not ends or tonumber(ends) <= now then
  return 0
end
if tonumber(redis.call('HGET', KEYS[6], ARGV[1]) or '0') > tonumber(ARGV[6]) then
  return 0
end
local me = '@' .. ARGV[1]
local others = {}
for _, field in ipairs(redis.call('HKEYS', KEYS[2])) do
  if string.sub(field, 1, 1) == '@' and field ~= me then
    others[#others + 1] = ARGV[4] .. 'in:' .. string.sub(field, 2) .. ':' .. ARGV[2]
  end
end
local told = {}
local more = 0
for i = 7, #ARGV do
  local came = string.sub(ARGV[i], 1, 1) == '+'
  local name = string.sub(ARGV[i], 2)
  if redis.call(came and 'SADD' or 'SREM', KEYS[3], name) == 1 then
    told[#told + 1] = ARGV[i]
    local elsewhere = false
    for _, other in ipairs(others) do
      elsewhere = elsewhere or redis.call('SISMEMBER', other, name) == 1
    end
    if not elsewhere then
      more = more + (came and 1 or -1)
    end
  end
end
if #told == 0 then
  return 1
end
local before = redis.call('HGET', KEYS[2], 'v') or '0'
-- Above every earlier one, even when the key was gone: so nobody takes an old number for a new one.
local version = string.format('%.0f', math.max(before + 1, time[1] * 1000000 + time[2]))
local people = redis.call('SCARD', KEYS[3])
if people == 0 then
  redis.call('HDEL', KEYS[2], me)
  redis.call('SREM', KEYS[4], ARGV[2])
else
  redis.call('HSET', KEYS[2], me, people)
  redis.call('SADD', KEYS[4], ARGV[2])
  redis.call('EXPIRE', KEYS[3], ARGV[5])
  redis.call('EXPIRE', KEYS[4], ARGV[5])
end
if people == 0 and #others == 0 then
  redis.call('DEL', KEYS[2])
  redis.call('ZREM', KEYS[5], ARGV[2])
else
  redis.call('HSET', KEYS[2], 'v', version)
  redis.call('ZADD', KEYS[5], redis.call('HINCRBY', KEYS[2], 'n', more), ARGV[2])
  redis.call('EXPIRE', KEYS[2], ARGV[5])
end
redis.call('PUBLISH', ARGV[3],
  string.char(2) .. ARGV[1] .. '\n' .. before .. '\n' .. version .. '\n' .. table.concat(told, '\n'))
return 1
