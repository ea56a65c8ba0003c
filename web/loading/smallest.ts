/** Fetches a file; of a host that sends archives as they are, the compressed copy beside it, unpacked. `bytes`: its size. */
export async function fetchSmallest(
  url: string,
  bytes: number,
  get: (url: string) => Promise<Response>,
): Promise<Response> {
  const answer = await get(url);
  const isPlain = bytes > 0 && Number(answer.headers.get('content-length')) === bytes;
  if (!answer.ok || !url.endsWith('.zip') || !isPlain) return answer;
  void answer.body?.cancel();
  const copy = await get(`${url}.gz`).then(unpacked, () => null);
  return copy ?? get(url);
}

/** A zip that was sent as gzip, whether the browser has unpacked it already or not; null where it is something else. */
async function unpacked(answer: Response): Promise<Response | null> {
  const reader = answer.body?.getReader();
  const first = (await reader?.read())?.value;
  if (!answer.ok || !reader || !first) return null;
  // What travels, for who counts it.
  const length = answer.headers.get('content-length');
  const headers = length ? { 'content-length': length } : undefined;
  const body = new ReadableStream<Uint8Array<ArrayBuffer>>({
    start: (stream) => stream.enqueue(first),
    pull: async (stream) => {
      const { done, value } = await reader.read();
      if (done) stream.close();
      else stream.enqueue(value);
    },
    cancel: (reason) => reader.cancel(reason),
  });
  if (first[0] === 0x1f && first[1] === 0x8b)
    return new Response(body.pipeThrough(new DecompressionStream('gzip')), { headers });
  if (first[0] === 0x50 && first[1] === 0x4b) return new Response(body, { headers });
  void reader.cancel();
  return null;
}
