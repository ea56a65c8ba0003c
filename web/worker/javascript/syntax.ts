import { parser } from '@lezer/javascript';

/** What a text declares at its top level, and where it stops making sense. */
export interface Outline {
  /** Names that the program's own code can be asked for. */
  names: string[];
  /** The line of the first place that is no JavaScript; null where all is. */
  line: number | null;
}

/** What has names of its own. */
const scopes =
  /^(Block|ParamList|FunctionExpression|ArrowFunction|ClassExpression|ClassBody|ForStatement|CatchClause|TryStatement)$/;

/** Reads a program without running it. */
export function outline(code: string): Outline {
  const tree = parser.parse(code);
  const names = new Set<string>();
  let line: number | null = null;
  let depth = 0;
  tree.iterate({
    enter: (node) => {
      if (node.type.isError && line === null) line = code.slice(0, node.from).split('\n').length;
      if (scopes.test(node.name)) depth += 1;
      if (depth === 0 && node.name === 'VariableDefinition') names.add(code.slice(node.from, node.to));
    },
    leave: (node) => {
      if (scopes.test(node.name)) depth -= 1;
    },
  });
  return { names: [...names], line };
}
