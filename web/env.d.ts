/// <reference types="vite/client" />

/** Where the runtime's files lie in the built site, relative to it, and how big they are unpacked. */
declare module 'virtual:runtime-files' {
  interface RuntimeFile {
    path: string;
    bytes: number;
  }
  /** Folder with Pyodide's files under their own names, with a slash at the end. */
  export const pyodideFolder: string;
  /** What Pyodide fetches from there; it also imports pyodide.asm.mjs. */
  export const pyodideFiles: RuntimeFile[];
  /** Python's standard library, with bytecode for what a start imports. */
  export const standardLibrary: RuntimeFile;
  export const engineFiles: Record<'simd' | 'relaxed', { js: RuntimeFile; wasm: RuntimeFile }>;
  export const torchArchive: RuntimeFile;
}
