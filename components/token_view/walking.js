/* Where an arrow key leads from a piece. No element of the page is touched here. */

/** The place {list, piece} that a key leads to; undefined when the key is none of ours. `page` is in lines. */
function destination({ key, ctrlKey }, { list, piece }, lists, lines, page) {
  const current = lists[list]
  const line = lineOf(lines, current.from[piece])
  const { starts, rightToLeft } = lines
  const to = (which, number) => ({ list: which, piece: Math.max(0, Math.min(lists[which].count - 1, number)) })
  const across = (which, place) => to(which, pieceAt(lists[which], place))
  const [forward, backward] = rightToLeft[line] ? ["ArrowLeft", "ArrowRight"] : ["ArrowRight", "ArrowLeft"]
  switch (key) {
    case forward: return to(list, piece + 1)
    case backward: return to(list, piece - 1)
    case "ArrowDown": return toRow(1)
    case "ArrowUp": return toRow(-1)
    case "Home": return ctrlKey ? to(list, 0) : across(list, starts[line])
    case "End": return ctrlKey ? to(list, current.count) : across(list, starts[line + 1] - 1)
    case "PageDown": return across(list, starts[Math.min(starts.length - 2, line + page)])
    case "PageUp": return across(list, starts[Math.max(0, line - page)])
  }

  /** To the row above or below: of the same line, else of the next line at the same distance from its start. */
  function toRow(by) {
    const place = current.from[piece]
    const which = list + by
    if (which >= 0 && which < lists.length) return across(which, Math.max(place, starts[line]))
    const next = line + by
    if (next < 0 || next > starts.length - 2) return { list, piece }
    const wanted = Math.min(starts[next] + Math.max(0, place - starts[line]), starts[next + 1] - 1)
    return across(by > 0 ? 0 : lists.length - 1, wanted)
  }
}
