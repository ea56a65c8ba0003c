/** Parts of WebAssembly modules in their binary format, for a function or two between Python's C and the browser. */

export const types = { i32: 0x7f, externref: 0x6f };
export const opcodes = {
  if: 0x04,
  else: 0x05,
  tryIt: 0x06,
  end: 0x0b,
  call: 0x10,
  catchAll: 0x19,
  localGet: 0x20,
  localTee: 0x22,
  globalGet: 0x23,
  globalSet: 0x24,
  i32Const: 0x41,
  i32Add: 0x6a,
  i32Sub: 0x6b,
};
export const sections = { types: 1, imports: 2, functions: 3, exports: 7, code: 10 };

/** A number that is not negative. */
export function unsigned(value: number): number[] {
  return value < 128 ? [value] : [(value & 127) | 128, ...unsigned(value >>> 7)];
}

/** A number that may be negative, as constants are written. */
export function signed(value: number): number[] {
  const low = value & 127;
  const rest = value >> 7;
  return rest === (low & 64 ? -1 : 0) ? [low] : [low | 128, ...signed(rest)];
}

export const name = (word: string) => [word.length, ...new TextEncoder().encode(word)];
export const list = (items: number[][]) => [...unsigned(items.length), ...items.flat()];
export const section = (id: number, items: number[][]) => {
  const content = list(items);
  return [id, ...unsigned(content.length), ...content];
};
export const functionType = (takes: number[], gives: number[]) => [
  0x60,
  takes.length,
  ...takes,
  gives.length,
  ...gives,
];
/** The body of a function without local variables. */
export const body = (...code: number[]) => {
  const all = [0, ...code, opcodes.end];
  return [...unsigned(all.length), ...all];
};

export function instance(imports: WebAssembly.ModuleImports, ...parts: number[][]): WebAssembly.Exports {
  const bytes = new Uint8Array([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0, ...parts.flat()]);
  return new WebAssembly.Instance(new WebAssembly.Module(bytes), { from: imports }).exports;
}
