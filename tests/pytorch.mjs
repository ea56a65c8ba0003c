/** Real PyTorch 2.6, the reference: UNROLL_PYTORCH names the command that runs a script under it (`python3` where that has it). */

/** The command, or undefined. */
export const pytorch = process.env.UNROLL_PYTORCH || undefined;

/** Why a test that needs it is left out, for `skip`; false where it is there. */
export const noPyTorch = !pytorch && 'UNROLL_PYTORCH names no PyTorch';

// One thread. torch.set_num_threads() does not reach OpenBLAS, whose second thread spins while other programs want the core.
const alone = { ...process.env, OPENBLAS_NUM_THREADS: '1', OMP_NUM_THREADS: '1', MKL_NUM_THREADS: '1' };

/** For values: oneDNN's AVX-512 kernels give a wrong nn.LSTM under no_grad on some processors (seen on AMD Zen 5). */
export const forValues = { ...alone, ONEDNN_MAX_CPU_ISA: 'AVX2' };

/** For times: all kernels, those of OpenBLAS as it chooses them itself, and freed memory kept: page faults are dear on virtual machines. */
export const forTimes = {
  ...alone,
  OPENBLAS_CORETYPE: undefined,
  OPENBLAS_L2_SIZE: undefined,
  ONEDNN_MAX_CPU_ISA: 'ALL',
  MALLOC_MMAP_MAX_: '0',
  MALLOC_TRIM_THRESHOLD_: String(2 ** 32),
  MALLOC_TOP_PAD_: String(2 ** 26),
};

/** For the peak of memory: as for times, but freed memory is given back, as glibc does by itself. */
export const forMemory = {
  ...forTimes,
  MALLOC_MMAP_MAX_: String(2 ** 16),
  MALLOC_TRIM_THRESHOLD_: String(2 ** 17),
  MALLOC_TOP_PAD_: String(2 ** 17),
};
