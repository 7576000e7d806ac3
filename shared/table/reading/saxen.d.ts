declare module "saxen" {
  /** Reads XML sign by sign. It knows the five entities of XML and numbers, and expands no other. */
  export class Parser {
    on(hook: "openTag", read: (name: string, attributes: () => Record<string, string>) => void): this;
    on(hook: "closeTag", read: (name: string) => void): this;
    on(hook: "text", read: (value: string, decode: (text: string) => string) => void): this;
    on(hook: "cdata" | "attention", read: (value: string) => void): this;
    on(hook: "error", read: (error: Error) => void): this;
    parse(xml: string): void;
    stop(): void;
  }
}
