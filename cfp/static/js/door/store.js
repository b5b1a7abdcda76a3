// What a phone keeps: its token, the tickets it knows, and the scans that wait for the net.
const DATABASE = "callboard-door:" + new URL("./", location).pathname;

const opened = new Promise((resolve, reject) => {
  const request = indexedDB.open(DATABASE, 1);
  request.onupgradeneeded = () => {
    request.result.createObjectStore("facts");
    request.result.createObjectStore("waiting", { keyPath: "nonce" });
  };
  request.onsuccess = () => resolve(request.result);
  request.onerror = () => reject(request.error);
});

async function run(name, mode, deed) {
  const database = await opened;
  return new Promise((resolve, reject) => {
    const transaction = database.transaction(name, mode);
    const request = deed(transaction.objectStore(name));
    transaction.oncomplete = () => resolve(request.result);
    transaction.onerror = transaction.onabort = () => reject(transaction.error);
  });
}

export const recall = (key) => run("facts", "readonly", (store) => store.get(key));
export const keep = (key, value) => run("facts", "readwrite", (store) => store.put(value, key));
export const put = (scan) => run("waiting", "readwrite", (store) => store.put(scan));
export const drop = (nonce) => run("waiting", "readwrite", (store) => store.delete(nonce));
export const waiting = async () => (await run("waiting", "readonly", (store) => store.getAll()))
  .sort((a, b) => a.datetime.localeCompare(b.datetime));

// A revoked phone forgets whom it knew; what it has not reported stays for its next token.
export const forget = () => run("facts", "readwrite", (store) => store.clear());
