/**
 * The part of CloudWatch's metric math that our alarms use: numbers, names of metrics, sums, differences, products, quotients,
 * comparisons, AND, OR, FILL and IF. https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/using-metric-math.html
 * A value is undefined where a metric has none for the period: then whatever is counted with it is undefined too.
 */
export type Value = number | undefined;

type Node = (values: ReadonlyMap<string, Value>) => Value;

const comparisons: Record<string, (a: number, b: number) => boolean> = {
  ">": (a, b) => a > b,
  ">=": (a, b) => a >= b,
  "<": (a, b) => a < b,
  "<=": (a, b) => a <= b,
  "==": (a, b) => a === b,
  "!=": (a, b) => a !== b,
};

const calculations: Record<string, (a: number, b: number) => Value> = {
  "+": (a, b) => a + b,
  "-": (a, b) => a - b,
  "*": (a, b) => a * b,
  // CloudWatch shows no point where it would divide by zero.
  "/": (a, b) => (b === 0 ? undefined : a / b),
};

const both =
  (a: Node, b: Node, count: (a: number, b: number) => Value): Node =>
  (values) => {
    const [left, right] = [a(values), b(values)];
    return left === undefined || right === undefined ? undefined : count(left, right);
  };

const tokens = /\s*(?:(\d+(?:\.\d+)?)|([A-Za-z_]\w*)|(>=|<=|==|!=|[-+*/(),<>]))/y;

function tokensOf(expression: string): string[] {
  const found: string[] = [];
  tokens.lastIndex = 0;
  while (tokens.lastIndex < expression.trimEnd().length) {
    const from = tokens.lastIndex;
    const [, number, name, sign] = tokens.exec(expression) ?? [];
    const token = number ?? name ?? sign;
    if (token === undefined) throw new Error(`Metric math knows no ${expression.slice(from)}`);
    found.push(token);
  }
  return found;
}

/** Reads an expression. Throws where it holds something that is not known here, so that no alarm is judged by half of it. */
export function readExpression(expression: string): Node {
  const left = tokensOf(expression);
  const take = () => left.shift() ?? "";
  const expected = (token: string) => {
    const found = take();
    if (found !== token)
      throw new Error(`${expression}: ${token} was expected and ${found || "its end"} came`);
  };
  const oneOf = (operators: object) => (Object.hasOwn(operators, left[0] ?? "") ? take() : undefined);

  const argumentsOf = (): Node[] => {
    expected("(");
    const found = [any()];
    while (left[0] === ",") {
      take();
      found.push(any());
    }
    expected(")");
    return found;
  };

  const called = (name: string): Node => {
    const [first, second, third, ...more] = argumentsOf();
    if (name === "FILL" && first && second && !third) return (values) => first(values) ?? second(values);
    if (name === "IF" && first && second && third && more.length === 0)
      return (values) => {
        const condition = first(values);
        if (condition === undefined) return undefined;
        return condition === 0 ? third(values) : second(values);
      };
    throw new Error(`${expression}: ${name} is not known here`);
  };

  const single = (): Node => {
    const token = take();
    if (token === "(") {
      const inner = any();
      expected(")");
      return inner;
    }
    if (/^\d/.test(token)) return () => Number(token);
    if (!/^[A-Za-z_]/.test(token)) throw new Error(`${expression}: ${token || "its end"} was not expected`);
    if (left[0] === "(") return called(token);
    return (values) => {
      if (!values.has(token)) throw new Error(`${expression}: there is no metric ${token}`);
      return values.get(token);
    };
  };

  const inRow =
    (next: () => Node, operators: Record<string, (a: number, b: number) => Value>) => (): Node => {
      let node = next();
      for (let operator = oneOf(operators); operator !== undefined; operator = oneOf(operators))
        node = both(node, next(), operators[operator] ?? (() => undefined));
      return node;
    };
  const { "*": times, "/": by, ...sums } = calculations;
  const product = inRow(single, { "*": times!, "/": by! });
  const sum = inRow(product, sums);
  const asNumbers = Object.fromEntries(
    Object.entries(comparisons).map(([name, holds]) => [name, (a: number, b: number) => Number(holds(a, b))]),
  );
  const comparison = inRow(sum, asNumbers);
  const conjunction = inRow(comparison, { AND: (a, b) => Number(a !== 0 && b !== 0) });
  const any: () => Node = inRow(conjunction, { OR: (a, b) => Number(a !== 0 || b !== 0) });

  const whole = any();
  if (left.length > 0) throw new Error(`${expression}: ${left.join(" ")} is left over`);
  return whole;
}
