-- Quarto and Pandoc: code blocks with the class `unroll` become panels in HTML, listings elsewhere. See README.md.

local parts = { setup = true, check = true, solution = true, hint = true, stdin = true, output = true }
local url = 'unroll'
local is_loaded = false

local function escape(text)
  return (text:gsub('[&<>"]', { ['&'] = '&amp;', ['<'] = '&lt;', ['>'] = '&gt;', ['"'] = '&quot;' }))
end

local function pre(text, given)
  return '<pre' .. (given or '') .. '>\n' .. escape(text):gsub('^\n+', ''):gsub('\n+$', '') .. '\n</pre>'
end

-- The program of a block, and its parts behind lines such as `---- check`.
local function split(text)
  local program, found = {}, {}
  local lines = program
  for line in (text .. '\n'):gmatch('(.-)\n') do
    local name = line:match('^%-%-%-%- ?(%a+)%s*$')
    if name then
      if not parts[name] then
        error('unroll: there is no part "' .. name .. '", only setup, check, solution, hint, stdin and output')
      end
      lines = {}
      table.insert(found, { name = name, lines = lines })
    else
      table.insert(lines, line)
    end
  end
  return table.concat(program, '\n'), found
end

local function part(name, text)
  if name == 'setup' or name == 'check' then return pre(text, ' class="' .. name .. '" hidden') end
  if name == 'output' then return pre(text, ' class="output"') end
  local title = name:sub(1, 1):upper() .. name:sub(2)
  local inside = name == 'solution' and pre(text) or escape(text:gsub('\n+$', ''))
  return '<details class="' .. name .. '"><summary>' .. title .. '</summary>' .. inside .. '</details>'
end

local function scripts()
  return '<link rel="stylesheet" href="' .. url .. '/unroll.css">\n<script type="module" src="' .. url .. '/unroll.js"></script>'
end

local function panel(block)
  local given = ''
  if block.identifier ~= '' then given = ' id="' .. escape(block.identifier) .. '"' end
  for name, value in pairs(block.attributes) do
    given = given .. ' ' .. name .. '="' .. escape(value) .. '"'
  end
  local program, found = split(block.text)
  local pieces = { pre(program) }
  for _, one in ipairs(found) do
    local content = table.concat(one.lines, '\n')
    -- Lines for input() are an attribute, whose several lines options of Markdown cannot hold.
    if one.name == 'stdin' then
      given = given .. ' stdin="' .. escape(content):gsub('\n', '&#10;') .. '"'
    else
      table.insert(pieces, part(one.name, content))
    end
  end
  return '<unroll-panel' .. given .. '>\n' .. table.concat(pieces, '\n') .. '\n</unroll-panel>'
end

local function read_url(meta)
  if meta['unroll-url'] then url = pandoc.utils.stringify(meta['unroll-url']):gsub('/$', '') end
end

local function replace(block)
  if not block.classes:includes('unroll') then return nil end
  if not FORMAT:match('html') and not FORMAT:match('revealjs') then
    return pandoc.CodeBlock((split(block.text)), { class = 'python' })
  end
  local html = panel(block)
  if not is_loaded then
    is_loaded = true
    if quarto then
      quarto.doc.include_text('in-header', scripts())
    else
      html = scripts() .. '\n' .. html
    end
  end
  return pandoc.RawBlock('html', html)
end

return { { Meta = read_url }, { CodeBlock = replace } }
