import { pythonOfMiniStack } from "./ministack.ts";

/** Runs once, before the files that start MiniStack. */
export default async function install(): Promise<void> {
  await pythonOfMiniStack();
}
