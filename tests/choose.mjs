/** Which suites a command line names, and which of their tests. */

/**
 * @typedef {object} Selection
 * @property {string[]} words what each file's name or each test's title has to contain; Catch2's tags and names
 */

/**
 * Words that are part of a suite's name choose suites; the others choose tests in them.
 * @param {{name: string}[]} suites
 * @param {string[]} words
 */
export function choose(suites, words) {
  const named = (word) => suites.filter(({ name }) => name.includes(word));
  const names = words.filter((word) => named(word).length > 0);
  const chosen = suites.filter(({ name }) => words.length === 0 || names.some((word) => name.includes(word)));
  return { chosen, selection: { words: words.filter((word) => !names.includes(word)) } };
}

/**
 * Words that name a file keep only such files; the others are parts of titles.
 * @param {string[]} files
 * @param {Selection} selection
 * @returns {{files: string[], titles: string[]}}
 */
export function chooseFiles(files, { words }) {
  const isFile = (word) => files.some((file) => fileName(file).includes(word));
  const names = words.filter(isFile);
  return {
    files: names.length === 0 ? files : files.filter((file) => names.some((word) => fileName(file).includes(word))),
    titles: words.filter((word) => !isFile(word)),
  };
}

const fileName = (path) => path.slice(path.lastIndexOf('/') + 1);

/** Arguments for Catch2: tags as they are, titles wherever they stand in a name. @param {Selection} selection */
export const catch2Arguments = ({ words }) => words.map((word) => (word.startsWith('[') ? word : `*${word}*`));

/** Arguments for node --test: tests whose title contains one of these. @param {string[]} titles */
export const titleArguments = (titles) =>
  titles.map((title) => `--test-name-pattern=${title.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&')}`);
