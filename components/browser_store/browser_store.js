// Keeps small records in the visitor's own browser (IndexedDB): reads one when it appears, writes it when Python says so.

/** Milliseconds that a change may wait: what is typed changes its record at every key. */
const SOON = 300

let opened = null // opening costs 8 ms, more than a write: once for all records

const open = () => {
  opened ??= new Promise((resolve, reject) => {
    const request = indexedDB.open("chat-completions-playground", 1)
    request.onupgradeneeded = () => request.result.createObjectStore("records")
    request.onsuccess = () => {
      const database = request.result
      database.onversionchange = database.onclose = () => {
        opened = null
        database.close()
      }
      resolve(database)
    }
    request.onerror = () => reject(request.error)
  }).catch((error) => {
    opened = null
    throw error
  })
  return opened
}

async function inStore(mode, work) {
  const database = await open()
  return new Promise((resolve, reject) => {
    const transaction = database.transaction("records", mode)
    const request = work(transaction.objectStore("records"))
    transaction.oncomplete = () => resolve(request.result)
    transaction.onerror = transaction.onabort = () => reject(transaction.error)
  })
}

let telling = Promise.resolve()

/** Tell what was held, one record after the other: of what is told at once, Streamlit runs one fragment only. */
const tell = (say) => {
  telling = telling.then(() => new Promise((done) => {
    say()
    setTimeout(done, 10)
  }))
}

class Keeper {
  written = null
  now = () => this.write()

  receive({ name, value }, send) {
    if (!this.name) {
      this.name = name
      // A private window may have no store: then there is nothing to restore, and the page goes on.
      inStore("readonly", (store) => store.get(name))
        .then((held) => ({ value: held ?? null, kept: true }), () => ({ value: null, kept: false }))
        .then((loaded) => tell(() => send("loaded", loaded)))
      addEventListener("pagehide", this.now)
    }
    if (value === null) return
    this.value = value
    this.timer ??= setTimeout(this.now, SOON)
  }

  write() {
    clearTimeout(this.timer)
    this.timer = null
    const text = JSON.stringify(this.value)
    if (text === undefined || text === this.written) return
    this.written = text
    const { name, value } = this
    inStore("readwrite", (store) => store.put(value, name)).catch(() => {})
  }

  stop() {
    removeEventListener("pagehide", this.now)
    this.write()
  }
}

const keepers = new WeakMap()

export default function ({ data, parentElement, setStateValue }) {
  if (!keepers.has(parentElement)) keepers.set(parentElement, new Keeper())
  const keeper = keepers.get(parentElement)
  keeper.receive(data, setStateValue)
  return () => {
    keeper.stop()
    keepers.delete(parentElement)
  }
}
