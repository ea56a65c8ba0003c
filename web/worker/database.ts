/** A table of a database in the browser's storage, which belongs to the page's origin. */
export class Table {
  constructor(
    private readonly database: string,
    private readonly name: string,
  ) {}

  /** Does one thing with the table. Rejects where the browser keeps nothing for this page. */
  async transact<T>(mode: IDBTransactionMode, act: (table: IDBObjectStore) => IDBRequest<T>): Promise<T> {
    const opening = indexedDB.open(this.database, 1);
    opening.onupgradeneeded = () => opening.result.createObjectStore(this.name);
    const opened = await settled(opening);
    try {
      const transaction = opened.transaction(this.name, mode);
      const request = act(transaction.objectStore(this.name));
      await new Promise((resolve, reject) => {
        transaction.oncomplete = resolve;
        transaction.onabort = () => reject(transaction.error);
      });
      return request.result;
    } finally {
      opened.close();
    }
  }
}

function settled<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}
