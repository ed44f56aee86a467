// Keeps conversations in the visitor's own browser (IndexedDB): one row for each record, so that what two tabs write is
// united. It tells Python a list first and the records of a conversation when they are wanted. It draws nothing.

const NAME = "chat-completions-playground-conversations"
const OPEN = `${NAME}-open`
const DAY = 24 * 60 * 60 * 1000
const PATIENCE = 2000

const sizeOf = (value) => new TextEncoder().encode(JSON.stringify(value)).length

const open = () =>
  new Promise((resolve, reject) => {
    const request = indexedDB.open(NAME, 1)
    request.onupgradeneeded = () => {
      request.result.createObjectStore("entries", { keyPath: "id" })
      request.result.createObjectStore("records", { keyPath: ["conversation", "key"] })
    }
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error)
  })

const result = (request) =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error)
  })

// One transaction for all of the work: either all of it is kept or nothing.
async function inStore(mode, work) {
  const database = await open()
  try {
    const transaction = database.transaction(["entries", "records"], mode)
    const ended = new Promise((resolve, reject) => {
      transaction.oncomplete = resolve
      transaction.onabort = () => reject(transaction.error ?? new DOMException("", "QuotaExceededError"))
    })
    ended.catch(() => {})
    const answer = await work(transaction.objectStore("entries"), transaction.objectStore("records"), transaction)
    await ended
    return answer
  } finally {
    database.close()
  }
}

const rowsOf = (id) => IDBKeyRange.bound([id], [id, []])

// The newer one counts, whatever comes first; revisions.py says the same.
const newer = (one, other) => one.at > other.at || (one.at === other.at && one.by > other.by)

// Answers which stamps the conversations had before and have now; null when there was no room and nothing is written.
const write = (items, cap) =>
  inStore("readwrite", async (entries, records, transaction) => {
    const all = new Map((await result(entries.getAll())).map((entry) => [entry.id, entry]))
    const stamps = {}
    for (const item of items) {
      const entry = all.get(item.entry.id) ?? { ...item.entry, bytes: 0, stamp: 0 }
      all.set(entry.id, entry)
      if (item.entry.at >= entry.at) Object.assign(entry, item.entry)
      stamps[entry.id] = [entry.stamp, ++entry.stamp]
      for (const record of item.records) {
        const old = await result(records.get([entry.id, record.key]))
        if (old && !newer(record, old.record)) continue
        const bytes = sizeOf(record)
        entry.bytes += bytes - (old ? old.bytes : 0)
        records.put({ conversation: entry.id, key: record.key, stamp: entry.stamp, bytes, record })
      }
      entries.put(entry)
    }
    const total = () => [...all.values()].reduce((sum, entry) => sum + entry.bytes, 0)
    // What was deleted makes room first.
    for (const entry of all.values()) if (entry.gone && total() > cap) empty(entry, entries, records)
    if (total() <= cap) return stamps
    transaction.abort()
    return null
  }).catch((error) => {
    if (error.name === "QuotaExceededError" || error.name === "AbortError") return null
    throw error
  })

// The entry stays, so that no other tab brings back what was deleted.
function empty(entry, entries, records) {
  records.delete(rowsOf(entry.id))
  entry.bytes = 0
  entries.put(entry)
}

const clear = () =>
  inStore("readwrite", async (entries, records) => {
    for (const entry of await result(entries.getAll()))
      if (entry.gone && entry.bytes && entry.at < Date.now() - DAY) empty(entry, entries, records)
  })

const list = () => inStore("readonly", (entries) => result(entries.getAll()))

// The rows of a conversation that came after a stamp, oldest first; of many no more than fit into one answer.
const rowsSince = (id, stamp, by, limit) =>
  inStore("readonly", async (entries, records) => {
    const now = (await result(entries.get(id)))?.stamp ?? stamp
    const rows = (await result(records.getAll(rowsOf(id)))).filter((row) => row.stamp > stamp)
    rows.sort((one, other) => one.stamp - other.stamp)
    const found = []
    let [bytes, last] = [0, stamp]
    for (const row of rows) {
      if (bytes + row.bytes > limit && row.stamp !== last && found.length) return { records: found, stamp: last, more: true }
      last = row.stamp
      if (row.record.by === by) continue
      bytes += row.bytes
      found.push(row.record)
    }
    return { records: found, stamp: now, more: false }
  })

// What this tab forgot last, of which session: it alone can bring it back, until it is closed or loaded again.
let aside = null

const forgetAll = () =>
  inStore("readwrite", async (entries, records) => {
    const held = { entries: await result(entries.getAll()), records: await result(records.getAll()) }
    entries.clear()
    records.clear()
    return held
  })

const recallAll = (held) =>
  inStore("readwrite", async (entries, records) => {
    for (const row of held.entries) entries.put(row)
    for (const row of held.records) records.put(row)
  })

// Which conversation this tab has open; a private window may forbid even that.
function tab(id) {
  try {
    if (id !== undefined) sessionStorage.setItem(OPEN, id)
    return sessionStorage.getItem(OPEN)
  } catch {
    return null
  }
}

// One tab's side: what it was told, what it has to say, and the answer that Python has not confirmed yet.
class Shelf {
  constructor(session) {
    Object.assign(this, { session, listed: false, kept: 0, forgot: 0, sent: {}, says: {}, large: false })
    Object.assign(this, { changed: false, forbidden: false, number: 0, last: null, name: crypto.getRandomValues(new Uint32Array(2)).join("") })
    this.work = Promise.resolve()
    if ("BroadcastChannel" in globalThis) {
      this.channel = new BroadcastChannel(NAME)
      this.channel.onmessage = ({ data }) => this.heard(data)
    }
  }

  heard(message) {
    if (message.session === this.session) return
    if (message.forgotten) Object.assign(this, { sent: {}, says: { ...this.says, forgotten: true } })
    this.changed = true
    this.next()
  }

  tellOthers(message) {
    this.channel?.postMessage({ ...message, session: this.session })
  }

  next() {
    this.work = this.work.then(() => this.step()).catch(() => {})
  }

  async step() {
    const { data } = this
    try {
      if (data.forget > this.forgot) {
        // Who left the page before Python heard of it comes back with the same number.
        const done = aside?.session === this.session && aside.number === data.forget
        if (!done) aside = { session: this.session, number: data.forget, ...(await forgetAll()) }
        Object.assign(this, { forgot: data.forget, sent: {} })
        Object.assign(this.says, { forgot: data.forget, forgotten: undefined })
        this.tellOthers({ forgotten: true })
      }
      if (aside?.session === this.session && aside.number === data.recall) {
        await recallAll(aside)
        aside = null
        this.changed = true
        this.tellOthers({})
      }
      if (data.batch && data.batch.number > this.kept) {
        // Something was said: from here on nobody brings back what was forgotten.
        aside = null
        const stamps = await write(data.batch.items, data.cap)
        this.kept = this.says.kept = data.batch.number
        if (stamps) this.wrote(stamps, data)
        else this.says.trouble = "full"
      }
      await this.look(data)
      this.forbidden = false
    } catch {
      // A private window may have no store, or a visitor may have forbidden it: the page goes on without.
      if (!this.forbidden) Object.assign(this.says, { trouble: "forbidden", listed: true })
      this.forbidden = this.listed = true
    }
    this.answer()
  }

  // Nobody else wrote in between: then there is nothing to read.
  wrote(stamps, data) {
    for (const [id, [before, after]] of Object.entries(stamps))
      if (before === this.known(id, data)) this.sent[id] = after
    this.says.stamps = { ...this.sent }
    this.tellOthers({})
  }

  known(id, data) {
    return Math.max(data.seen[id]?.stamp ?? 0, this.sent[id] ?? 0)
  }

  async look(data) {
    const wanted = { ...data.seen }
    if (!this.listed) await clear()
    const entries = await list()
    if (!this.listed || this.changed) {
      this.says.entries = entries.map(({ id, title, at, messages, gone }) => ({ id, title, at, messages, gone }))
      this.says.bytes = entries.reduce((sum, entry) => sum + entry.bytes, 0)
      if (!this.listed && !data.restored) {
        const there = entries.filter((entry) => !entry.gone && entry.messages).sort((one, other) => other.at - one.at)
        const before = tab()
        const chosen = there.find((entry) => entry.id === before) ?? (before === "" ? undefined : there[0])
        if (chosen) {
          this.says.open = chosen.id
          wanted[chosen.id] ??= { stamp: 0, by: "" }
        }
      }
      Object.assign(this, { listed: true, changed: false })
      this.says.listed = true
    }
    if (data.restored) tab(data.open)
    for (const { id, stamp } of entries) {
      if (!wanted[id] || stamp <= this.known(id, data)) continue
      const found = await rowsSince(id, this.known(id, data), wanted[id].by, data.most)
      this.sent[id] = found.stamp
      if (!found.records.length) continue
      this.says.records = [...(this.says.records ?? []), { id, ...found }]
      // One large part at a time: the next one goes when Python has this one.
      if (found.more) break
    }
  }

  // Python confirms each answer before the next one leaves: runs that follow each other quickly may swallow one.
  answer() {
    if (this.unconfirmed()) return
    if (Object.keys(this.says).length) {
      const said = this.says
      this.says = {}
      this.last = `${this.name}-${++this.number}`
      this.large = Boolean(said.records)
      this.told = { session: this.session, id: this.last, ...said }
      this.reminder ??= setInterval(() => this.remind(), PATIENCE)
      this.send("answer", this.told)
    } else if (this.large) {
      // Every run carries the whole state: what is large must not stay in it.
      this.large = false
      this.send("answer", { session: this.session, id: this.last })
    }
  }

  unconfirmed() {
    return this.last !== null && this.last !== this.data.answered
  }

  // A connection that broke, or a run that gave way to another one, may have swallowed it: nothing more would be written.
  remind() {
    const idle = document.querySelector('[data-testid="stApp"]')?.dataset.testScriptState === "notRunning"
    if (idle && this.unconfirmed()) this.send("answer", { ...this.told, again: ++this.number })
  }

  close() {
    clearInterval(this.reminder)
    this.channel?.close()
  }
}

const shelves = new WeakMap()

export default function ({ data, parentElement, setStateValue }) {
  if (data.writes) {
    // A part of an answer that is still arriving; nobody waits for it.
    write(data.writes, data.cap)
      .then(() => {
        const channel = new BroadcastChannel(NAME)
        channel.postMessage({ session: data.session })
        channel.close()
      })
      .catch(() => {})
    return
  }
  let shelf = shelves.get(parentElement)
  if (shelf?.session !== data.session) {
    shelf?.close()
    shelf = new Shelf(data.session)
    shelves.set(parentElement, shelf)
  }
  shelf.data = data
  shelf.send = setStateValue
  shelf.next()
  return () => shelf.close()
}
