/// <reference types="vite/client" />

/** Where the runtime's files lie in the built site, relative to it, and how big they are unpacked. */
declare module 'virtual:runtime-files' {
  interface RuntimeFile {
    path: string;
    bytes: number;
    /** What travels of it where its host compresses, about. */
    packed: number;
  }
  /** Folder with Pyodide's files under their own names, with a slash at the end. */
  export const pyodideFolder: string;
  /** The module that Pyodide imports from there. */
  export const pyodideScript: RuntimeFile;
  /** What Pyodide fetches from there. */
  export const pyodideFiles: RuntimeFile[];
  /** Python's standard library without its rare modules, with bytecode for what a start imports. */
  export const standardLibrary: RuntimeFile;
  export const rareModules: RuntimeFile;
  /** Names of the rare modules, apart by spaces. */
  export const rareNames: string;
  export const engineFiles: Record<'simd' | 'relaxed', { js: RuntimeFile; wasm: RuntimeFile }>;
  export const torchArchive: RuntimeFile;
  /** What a frame for code of strangers shows. */
  export const sandboxPage: RuntimeFile;
}
