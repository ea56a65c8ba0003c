/** A table of a database in the browser's storage, which belongs to the page's origin. */
export class Table {
  private connection: Promise<IDBDatabase> | undefined;

  constructor(
    private readonly database: string,
    private readonly name: string,
    /** Keep the connection open: a page that is going away has no time to open one. */
    private readonly staysOpen = false,
  ) {}

  /** Does one thing with the table. Rejects where the browser keeps nothing for this page. */
  async transact<T>(mode: IDBTransactionMode, act: (table: IDBObjectStore) => IDBRequest<T>): Promise<T> {
    const opened = await this.open();
    try {
      const transaction = opened.transaction(this.name, mode);
      const request = act(transaction.objectStore(this.name));
      // A page that is going away does not live to see the requests done, after which a transaction ends by itself.
      if (this.staysOpen) transaction.commit();
      await new Promise((resolve, reject) => {
        transaction.oncomplete = resolve;
        transaction.onabort = () => reject(transaction.error);
      });
      return request.result;
    } finally {
      if (!this.staysOpen) opened.close();
    }
  }

  private open(): Promise<IDBDatabase> {
    if (this.connection) return this.connection;
    const opening = indexedDB.open(this.database, 1);
    opening.onupgradeneeded = () => opening.result.createObjectStore(this.name);
    const opened = settled(opening);
    if (this.staysOpen) {
      this.connection = opened;
      const forget = () => {
        this.connection = undefined;
      };
      opened.then((database) => {
        database.onclose = forget;
        database.onversionchange = () => [forget(), database.close()];
      }, forget);
    }
    return opened;
  }
}

function settled<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}
