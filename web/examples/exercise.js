// What a course would send to its server: here it is only shown.
document.addEventListener('unroll-check', ({ target, detail }) => {
  const { passed, attempts, solutionShown } = detail;
  const help = solutionShown ? ', with the solution' : '';
  document.querySelector('#mark').textContent =
    `${target.id} ${passed ? 'passed' : 'not passed'} after ${attempts} ${attempts === 1 ? 'attempt' : 'attempts'}${help}`;
});
