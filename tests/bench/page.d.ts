/** What the page of the benchmark, and the pages of first visits, say to the script that opened them. */
interface Window {
  unrollBench(options: { only: string[]; rounds: number }): Promise<unknown>;
  unrollAnswer(request: unknown): Promise<{ memory: number }>;
  unrollDone(error: string, report: unknown): void;
  result: Promise<{ status: string; stdout: string; stderr: string }>;
  firstLine: number;
}
