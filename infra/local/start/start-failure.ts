import { Mistake } from "../../../shared/platform/command.ts";

/** Why the local system cannot start, in a sentence for the person who started it: shown without a stack trace. */
export class StartFailure extends Mistake {
  override name = "StartFailure";
}
