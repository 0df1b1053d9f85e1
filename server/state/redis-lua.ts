/**
 * Parts of the scripts. `KEYS` are those of `sessionKeys`; the first parameter is for how many milliseconds they are kept after
 * the last use, 0 for ever. All replies are lists, of which the first element says what came of it.
 */

/** A session that has ended, or was never there, is to be opened first. Later its keys are kept from expiring, now and then. */
export const inSession = `
local touched = redis.call('HGET', KEYS[1], 'touched')
if not touched then return {'unopened'} end
local ttl = tonumber(ARGV[1])
local function whole(number) return string.format('%.0f', number) end
local function clock()
  local time = redis.call('TIME')
  return tonumber(time[1]) * 1000 + math.floor(tonumber(time[2]) / 1000)
end
local function keep(...)
  if ttl == 0 then return end
  for _, key in ipairs({...}) do redis.call('PEXPIRE', key, ttl) end
end
if ttl > 0 and clock() - tonumber(touched) > ttl / 11 then
  redis.call('HSET', KEYS[1], 'touched', whole(clock()))
  keep(unpack(KEYS))
end`;

/** As `inSession`, of a session that this script opens. */
export const openingSession = `
if redis.call('EXISTS', KEYS[1]) == 1 then return {'ok'} end
redis.call('DEL', unpack(KEYS))
local ttl = tonumber(ARGV[1])
local function whole(number) return string.format('%.0f', number) end
local function keep(...)
  if ttl == 0 then return end
  for _, key in ipairs({...}) do redis.call('PEXPIRE', key, ttl) end
end
local time = redis.call('TIME')
local touched = tonumber(time[1]) * 1000 + math.floor(tonumber(time[2]) / 1000)
local version = touched * 1000
redis.call('HSET', KEYS[1], 'touched', whole(touched), 'version', whole(version), 'epoch', whole(version), 'windows', 0, 'last', 0)
keep(KEYS[1])`;

/**
 * Partitions: of each the name, and whether it has begun and lived, and the highest number given as a key. Entries: by
 * partition and key; version, place in the order, item as JSON, unique values as pointers and values in turn. A name ends at
 * the first NUL, as JSON has none.
 */
export const partitions = `
local items, order, taken, partitions = KEYS[2], KEYS[3], KEYS[4], KEYS[5]
local function partitionOf(name)
  local packed = redis.call('HGET', partitions, name)
  if packed then return cmsgpack.unpack(packed) end
  return {0, 0, 0}
end
local function setPartition(name, partition)
  redis.call('HSET', partitions, name, cmsgpack.pack(partition))
  keep(partitions)
end
local function entryOf(name, key)
  local packed = redis.call('HGET', items, name .. '\\0' .. key)
  if packed then return cmsgpack.unpack(packed) end
  return nil
end
local function placeOf(name, key, since) return name .. '\\0' .. string.format('%016.0f', since) .. '\\0' .. key end
local function takenName(name, unique, i) return name .. '\\0' .. unique[i] .. '\\0' .. unique[i + 1] end
local function conflictOf(name, key, unique)
  for i = 1, #unique, 2 do
    local owner = redis.call('HGET', taken, takenName(name, unique, i))
    if owner and owner ~= key then
      local other = entryOf(name, owner)
      return {'conflict', unique[i], other and other[3] or 'null'}
    end
  end
  return nil
end
local function release(name, unique)
  for i = 1, #unique, 2 do redis.call('HDEL', taken, takenName(name, unique, i)) end
end
local function write(name, key, json, unique, since)
  local version = redis.call('HINCRBY', KEYS[1], 'version', 1)
  if not since then
    since = version
    redis.call('ZADD', order, 0, placeOf(name, key, since))
  end
  for i = 1, #unique, 2 do redis.call('HSET', taken, takenName(name, unique, i), key) end
  redis.call('HSET', items, name .. '\\0' .. key, cmsgpack.pack({version, since, json, unique}))
  keep(items, order, taken)
end
local function create(name, partition, key, number, json, unique)
  write(name, key, json, unique)
  if partition[2] == 0 or number > partition[3] then
    partition[2] = 1
    partition[3] = math.max(partition[3], number)
    setPartition(name, partition)
  end
end
-- A list of texts among the parameters: their number comes first. Returns also where it ends.
local function texts(from)
  local list = {}
  local count = tonumber(ARGV[from])
  for i = 1, count do list[i] = ARGV[from + i] end
  return list, from + 1 + count
end`;

/** The parameters go on with the name of the partition, and whether it must have begun. */
export const inPartition = `
local name = ARGV[2]
local partition = partitionOf(name)
if ARGV[3] == '1' and partition[1] == 0 then return {'unbegun'} end`;

/** Then: the key, empty for the next number; the number it is, or 0; the item before its key, and after it; its unique values. */
export const save = `
local key, number, json = ARGV[4], tonumber(ARGV[5]), ARGV[6]
if key == '' and number < 0 then
  number = partition[3] + 1
  while redis.call('HEXISTS', items, name .. '\\0' .. whole(number)) == 1 do number = number + 1 end
  key = whole(number)
  json = json .. key .. ARGV[7]
end
local existing = entryOf(name, key)
if existing then return {'exists', existing[3], whole(existing[1])} end
local unique = texts(8)
local conflict = conflictOf(name, key, unique)
if conflict then return conflict end
create(name, partition, key, number, json, unique)
return {'created', key}`;

/**
 * Then: key, version, item, unique values, whether it keeps those it had under other pointers, and then the pointers that are
 * not such.
 */
export const change = `
local key = ARGV[4]
local existing = entryOf(name, key)
if not existing then return {'missing'} end
if whole(existing[1]) ~= ARGV[5] then return {'stale'} end
local unique, at = texts(7)
local conflict = conflictOf(name, key, unique)
if conflict then return conflict end
local held = existing[4]
release(name, held)
if ARGV[at] == '1' then
  local replaced, pointers = {}, texts(at + 1)
  for _, pointer in ipairs(pointers) do replaced[pointer] = true end
  for i = 1, #held, 2 do
    if not replaced[held[i]] then
      table.insert(unique, held[i])
      table.insert(unique, held[i + 1])
    end
  end
end
write(name, key, ARGV[6], unique, existing[2])
return {'updated'}`;

export const find = `
local existing = entryOf(name, ARGV[4])
if not existing then return {'missing'} end
return {'found', existing[3], whole(existing[1])}`;

/** Then: key, and the version that it must have, where it must. */
export const remove = `
local existing = entryOf(name, ARGV[4])
if not existing or (ARGV[5] and whole(existing[1]) ~= ARGV[5]) then return {'missing'} end
release(name, existing[4])
redis.call('HDEL', items, name .. '\\0' .. ARGV[4])
redis.call('ZREM', order, placeOf(name, ARGV[4], existing[2]))
return {'removed', existing[3], whole(existing[1])}`;

export const hasLived = `
return {'ok', partition[2]}`;

export const listing = `
-- The keys of a partition, in the order in which their items came.
local function keysOf(name)
  local places = redis.call('ZRANGEBYLEX', order, '[' .. name .. '\\0', '(' .. name .. '\\1')
  for i, place in ipairs(places) do places[i] = place:sub(#name + 19) end
  return places
end`;

export const list = `
local reply = {'ok'}
for _, key in ipairs(keysOf(name)) do table.insert(reply, entryOf(name, key)[3]) end
return reply`;

/** Then, whether it lives by this, and the seeds: key, number, item, unique values. What is taken stays as it is. */
export const begin = `
if partition[1] == 1 then return {'ok'} end
partition[1] = 1
if ARGV[4] == '1' then partition[2] = 1 end
setPartition(name, partition)
local at = 6
for _ = 1, tonumber(ARGV[5]) do
  local key, number, json = ARGV[at], tonumber(ARGV[at + 1]), ARGV[at + 2]
  local unique
  unique, at = texts(at + 3)
  if not entryOf(name, key) and not conflictOf(name, key, unique) then
    create(name, partition, key, number, json, unique)
  end
end
return {'ok'}`;

const fill = (clear: string) => `
local at = 3
for _ = 1, tonumber(ARGV[2]) do
  local name, count = ARGV[at], tonumber(ARGV[at + 4])
  ${clear}
  setPartition(name, {tonumber(ARGV[at + 1]), tonumber(ARGV[at + 2]), tonumber(ARGV[at + 3])})
  at = at + 5
  for _ = 1, count do
    local key, json = ARGV[at], ARGV[at + 1]
    local unique
    unique, at = texts(at + 2)
    write(name, key, json, unique)
  end
end
return {'ok'}`;

/** A list of partitions: name, begun, lived, highest number, entries; of each key, item, unique values. */
export const restore = `
redis.call('DEL', items, order, taken, partitions)
${fill('')}`;

/** The same, in the place of those of the same name. */
export const replace = fill(`
  for _, key in ipairs(keysOf(name)) do
    local entry = entryOf(name, key)
    release(name, entry[4])
    redis.call('HDEL', items, name .. '\\0' .. key)
    redis.call('ZREM', order, placeOf(name, key, entry[2]))
  end`);

export const snapshot = `
local reply = {'ok'}
local all = redis.call('HGETALL', partitions)
for i = 1, #all, 2 do
  local name, partition = all[i], cmsgpack.unpack(all[i + 1])
  local entries = {}
  for _, key in ipairs(keysOf(name)) do
    local entry = entryOf(name, key)
    table.insert(entries, {key, entry[3], entry[4]})
  end
  table.insert(reply, {name, partition[1], partition[2], whole(partition[3]), entries})
end
return reply`;

/** The parameters go on with subject, requests, length of the window, and the time. */
const window = `
local generation = redis.call('HMGET', KEYS[1], 'epoch', 'windows')
local window = KEYS[1] .. ':' .. generation[1] .. ':' .. generation[2] .. ':' .. ARGV[2]
local requests, length, now = tonumber(ARGV[3]), tonumber(ARGV[4]), tonumber(ARGV[5])
local known = redis.call('HMGET', window, 'end', 'count')
local ends, count = tonumber(known[1] or '-1'), tonumber(known[2] or '0')
if not known[1] or ends <= now then ends, count = now + length, 0 end`;

export const peek = `${window}
return {'ok', count < requests and 1 or 0, math.max(0, requests - count), whole(ends)}`;

/** Clocks of several machines differ, so a window is kept for longer than it lasts. */
export const count = `${window}
local allowed = count < requests
if allowed then count = count + 1 end
redis.call('HSET', window, 'end', whole(ends), 'count', count)
redis.call('PEXPIRE', window, whole(2 * length + 60000))
return {'ok', allowed and 1 or 0, requests - count, whole(ends)}`;

export const forgetCounts = `
redis.call('HINCRBY', KEYS[1], 'windows', 1)
return {'ok'}`;

/** By id: place in the order, operation, uses left or -1, the reply as JSON. */
export const forced = `
local all = redis.call('HGETALL', KEYS[6])
local found = {}
for i = 1, #all, 2 do
  local one = cmsgpack.unpack(all[i + 1])
  table.insert(found, {one[1], all[i], one[2], one[3], one[4]})
end
table.sort(found, function(a, b) return a[1] < b[1] end)
local reply = {'ok'}
for _, one in ipairs(found) do table.insert(reply, {one[2], one[3], one[4], one[5]}) end
return reply`;

export const addForced = `
local known = redis.call('HGET', KEYS[6], ARGV[2])
local place = known and cmsgpack.unpack(known)[1] or redis.call('HINCRBY', KEYS[1], 'version', 1)
redis.call('HSET', KEYS[6], ARGV[2], cmsgpack.pack({place, ARGV[3], tonumber(ARGV[4]), ARGV[5]}))
keep(KEYS[6])
return {'ok'}`;

export const useForced = `
local packed = redis.call('HGET', KEYS[6], ARGV[2])
if not packed then return {'ok', 0} end
local one = cmsgpack.unpack(packed)
if one[3] > 1 then
  one[3] = one[3] - 1
  redis.call('HSET', KEYS[6], ARGV[2], cmsgpack.pack(one))
elseif one[3] >= 0 then redis.call('HDEL', KEYS[6], ARGV[2]) end
return {'ok', 1}`;

export const removeForced = `
if ARGV[2] ~= '' then return {'ok', redis.call('HDEL', KEYS[6], ARGV[3])} end
local number = redis.call('HLEN', KEYS[6])
redis.call('DEL', KEYS[6])
return {'ok', number}`;

/** How many are kept, and the entries. */
export const record = `
for i = 3, #ARGV do redis.call('RPUSH', KEYS[7], ARGV[i]) end
redis.call('HINCRBY', KEYS[1], 'last', #ARGV - 2)
redis.call('LTRIM', KEYS[7], -tonumber(ARGV[2]), -1)
keep(KEYS[7])
return {'ok'}`;

/** After which number, and how many at most. */
export const recorded = `
local last = tonumber(redis.call('HGET', KEYS[1], 'last'))
local first = last - redis.call('LLEN', KEYS[7]) + 1
local from = math.max(first, tonumber(ARGV[2]) + 1)
if tonumber(ARGV[3]) < 1 or from > last then return {'ok', whole(from), {}} end
local entries = redis.call('LRANGE', KEYS[7], from - first, from - first + tonumber(ARGV[3]) - 1)
return {'ok', whole(from), entries}`;

export const forgetRecorded = `
redis.call('DEL', KEYS[7])
return {'ok'}`;

export const tally = `
for i = 2, #ARGV, 2 do redis.call('HINCRBY', KEYS[8], ARGV[i], ARGV[i + 1]) end
keep(KEYS[8])
return {'ok'}`;

export const tallies = `
return {'ok', redis.call('HGETALL', KEYS[8])}`;

export const forgetTallies = `
redis.call('DEL', KEYS[8])
return {'ok'}`;
