import { inspect } from './symbols.ts';

/** The type of a tensor's elements, such as `torch.float32`. */
export class DType {
  /** @internal */
  constructor(
    /** The name without `torch.`. */
    readonly name: string,
    /** The engine's number. @internal */
    readonly code: number,
    /** Bytes of an element. */
    readonly itemsize: number,
    /** Whether elements are floating-point numbers. */
    readonly isFloatingPoint: boolean,
  ) {}

  toString(): string {
    return `torch.${this.name}`;
  }

  [inspect](): string {
    return String(this);
  }
}

export const bool: DType = new DType('bool', 0, 1, false);
export const int64: DType = new DType('int64', 1, 8, false);
export const float32: DType = new DType('float32', 2, 4, true);
export const float64: DType = new DType('float64', 3, 8, true);
export const uint8: DType = new DType('uint8', 4, 1, false);
export const int8: DType = new DType('int8', 5, 1, false);
export const int16: DType = new DType('int16', 6, 2, false);
export const int32: DType = new DType('int32', 7, 4, false);
export const float16: DType = new DType('float16', 8, 2, true);
export const bfloat16: DType = new DType('bfloat16', 9, 2, true);
export { float16 as half, float32 as float, float64 as double, int32 as int, int64 as long };

/** The dtypes by the engine's number. @internal */
export const byCode: readonly DType[] = [bool, int64, float32, float64, uint8, int8, int16, int32, float16, bfloat16];

/** How PyTorch's messages call the dtypes, by the engine's number. @internal */
export const scalarNames: readonly string[] = [
  'Bool',
  'Long',
  'Float',
  'Double',
  'Byte',
  'Char',
  'Short',
  'Int',
  'Half',
  'BFloat16',
];
