/** What page and worker keep of downloads, for starts without a network. */
export type KeptFile = WebAssembly.Module | Uint8Array<ArrayBuffer>;
/** By address. */
export type KeptFiles = Map<string, KeptFile>;
