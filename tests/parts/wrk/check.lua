-- Asks for decisions, round and round over prepared bodies.
--
-- Arguments after `--`: the path to ask at, the file with one body to a line, the bearer token or `-`, and what an
-- allowing answer holds, or `-`: then answers are not looked into. Looking costs the load generator time that the
-- program under load needs on the same cores, so measured rounds do without and a short round before each looks.

local threads = {}

function setup(thread)
  thread:set("id", #threads)
  table.insert(threads, thread)
end

function init(args)
  local path, file, token, expected = args[1], args[2], args[3], args[4]
  local headers = { ["Content-Type"] = "application/json" }
  if token ~= "-" then headers["Authorization"] = "Bearer " .. token end
  requests = {}
  for body in io.lines(file) do
    requests[#requests + 1] = wrk.format("POST", path, headers, body)
  end
  -- The threads begin far apart, so that they do not ask the same at the same time.
  position = math.floor(#requests / 2) * id
  unexpected = 0
  if expected ~= "-" then
    response = function(status, _, body)
      if status ~= 200 or not string.find(body, expected, 1, true) then unexpected = unexpected + 1 end
    end
  end
end

function request()
  position = position % #requests + 1
  return requests[position]
end

function done(summary, latency)
  local unexpected = 0
  for _, thread in ipairs(threads) do unexpected = unexpected + thread:get("unexpected") end
  local errors = summary.errors
  local broken = errors.connect + errors.read + errors.write + errors.timeout
  io.write(string.format("requests=%d\nmicroseconds=%d\n", summary.requests, summary.duration))
  io.write(string.format("p50=%d\np99=%d\n", latency:percentile(50), latency:percentile(99)))
  io.write(string.format("refused=%d\nbroken=%d\nunexpected=%d\n", errors.status, broken, unexpected))
end
