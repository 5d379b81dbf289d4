-- Takes the people of a server whose lease has ended out of some of its rooms; the rooms hear of it.
-- KEYS: leases, rooms of the server, crowd, links. ARGV: server, prefix of keys, prefix of channels, how many rooms at most.
-- Answers: how many rooms are left; 0 also when the server lives.
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local ends = redis.call('ZSCORE', KEYS[1], ARGV[1])
if not ends or tonumber(ends) > now then
  return 0
end
local me = '@' .. ARGV[1]
for _, room in ipairs(redis.call('SRANDMEMBER', KEYS[2], ARGV[4])) do
  local key = ARGV[2] .. 'here:' .. room
  local mine = ARGV[2] .. 'in:' .. ARGV[1] .. ':' .. room
  local before = redis.call('HGET', key, 'v')
  if before then
    local sets = {mine}
    for _, field in ipairs(redis.call('HKEYS', key)) do
      if string.sub(field, 1, 1) == '@' and field ~= me then
        sets[#sets + 1] = ARGV[2] .. 'in:' .. string.sub(field, 2) .. ':' .. room
      end
    end
    local version = string.format('%.0f', math.max(before + 1, time[1] * 1000000 + time[2]))
    if #sets == 1 then
      redis.call('DEL', key)
      redis.call('ZREM', KEYS[3], room)
    else
      local gone = #redis.call('SDIFF', unpack(sets))
      redis.call('HDEL', key, me)
      redis.call('HSET', key, 'v', version)
      redis.call('ZADD', KEYS[3], redis.call('HINCRBY', key, 'n', 0 - gone), room) -- -gone of 0 would be '-0'
    end
    redis.call('PUBLISH', ARGV[3] .. room,
      string.char(2) .. ARGV[1] .. '\n' .. before .. '\n' .. version .. '\n!')
  end
  redis.call('DEL', mine)
  redis.call('SREM', KEYS[2], room) -- last: a room that failed is not forgotten
end
local left = redis.call('SCARD', KEYS[2])
if left == 0 then
  redis.call('ZREM', KEYS[1], ARGV[1])
  redis.call('HDEL', KEYS[4], ARGV[1])
end
return left
