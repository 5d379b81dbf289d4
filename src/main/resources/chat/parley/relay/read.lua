-- Who is in a room.
-- KEYS: room, people of the asking server in the room, rooms of the server. ARGV: room, prefix of keys, time to live (s).
-- Answers: the version, then a server and its people, for each.
redis.call('EXPIRE', KEYS[1], ARGV[3])
redis.call('EXPIRE', KEYS[2], ARGV[3])
redis.call('EXPIRE', KEYS[3], ARGV[3])
local answer = {redis.call('HGET', KEYS[1], 'v') or '0'}
for _, field in ipairs(redis.call('HKEYS', KEYS[1])) do
  if string.sub(field, 1, 1) == '@' then
    local server = string.sub(field, 2)
    answer[#answer + 1] = server
    answer[#answer + 1] = redis.call('SMEMBERS', ARGV[2] .. 'in:' .. server .. ':' .. ARGV[1])
  end
end
return answer
