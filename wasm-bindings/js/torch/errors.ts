/** A call that cannot be done, as PyTorch's RuntimeError. */
export class RuntimeError extends Error {
  override name = 'RuntimeError';
}

/** An index or a dimension that is not there. */
export class IndexError extends RangeError {
  override name = 'IndexError';
}

/** An argument of the right type with a value that makes no sense. */
export class ValueError extends RangeError {
  override name = 'ValueError';
}

/** Something that PyTorch has and Unroll has not. */
export class NotImplementedError extends RuntimeError {
  override name = 'NotImplementedError';
}

/** What is left of a program that is over uses one of its tensors. @internal */
export class ProgramOver extends RuntimeError {}

const kinds: Record<string, new (message: string) => Error> = {
  IndexError,
  ValueError,
  TypeError,
  NotImplementedError,
};

/** The error for what the engine reports. */
export function engineError({ type, message }: { type: string; message: string }): Error {
  return new (kinds[type] ?? RuntimeError)(message);
}

/** How messages name the type of a value. */
export function typeName(value: unknown): string {
  if (value === null) return 'null';
  if (typeof value === 'object') return value.constructor?.name ?? 'object';
  return typeof value;
}
