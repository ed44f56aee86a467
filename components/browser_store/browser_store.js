// Keeps small records in the visitor's own browser (IndexedDB): reads one when it appears, writes it when Python says so.

const open = () =>
  new Promise((resolve, reject) => {
    const request = indexedDB.open("chat-completions-playground", 1)
    request.onupgradeneeded = () => request.result.createObjectStore("records")
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error)
  })

async function inStore(mode, work) {
  const database = await open()
  try {
    return await new Promise((resolve, reject) => {
      const transaction = database.transaction("records", mode)
      const request = work(transaction.objectStore("records"))
      transaction.oncomplete = () => resolve(request.result)
      transaction.onerror = transaction.onabort = () => reject(transaction.error)
    })
  } finally {
    database.close()
  }
}

const memories = new WeakMap()

export default function ({ data, parentElement, setStateValue }) {
  const memory = memories.get(parentElement) ?? { asked: false, written: null }
  memories.set(parentElement, memory)
  if (!memory.asked) {
    memory.asked = true
    // A private window may have no store: then there is nothing to restore, and the page goes on.
    inStore("readonly", (store) => store.get(data.name))
      .then((value) => setStateValue("loaded", { value: value ?? null, kept: true }))
      .catch(() => setStateValue("loaded", { value: null, kept: false }))
  }
  const text = data.value === null ? null : JSON.stringify(data.value)
  if (text !== null && text !== memory.written) {
    memory.written = text
    inStore("readwrite", (store) => store.put(data.value, data.name)).catch(() => {})
  }
}
