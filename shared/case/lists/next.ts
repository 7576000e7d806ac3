import type { OfficerRole } from "../../directory/directory.ts";
import type { Case } from "../case.ts";
import { type Move, moves, permittedMoves, type Situation, situationOf } from "../moves/table.ts";
import { type QueueName, situationsIn, type WatchName } from "./queues.ts";

/** What a list shows of a case that waits. */
type Waiting = Pick<Case, "status"> & Partial<Pick<Case, "awaits" | "verifiedAt">>;

/** Where a case stands that a list shows. Of what was archived or withdrawn, an objection alone waits for officers. */
const situationSeen = ({ status, awaits, verifiedAt }: Waiting): Situation =>
  status === "archived" || status === "withdrawn"
    ? "objected"
    : situationOf({ status, awaits, verifiedAt } as Case);

const movesOf = (situation: Situation, roles: readonly OfficerRole[]): Move[] =>
  roles.flatMap((role) => permittedMoves(situation, { role, own: true }));

/** Whether somebody in one of these roles can take a case of their own further: by a move that leads to a status. */
export const canGoOn = (seen: Waiting, roles: readonly OfficerRole[]): boolean =>
  movesOf(situationSeen(seen), roles).some((move) => moves[move].to.length > 0);

/** Whether somebody in one of these roles may make a move with any case of their own that waits in a queue. */
export const isMoveInQueue = (
  name: QueueName | WatchName,
  move: Move,
  roles: readonly OfficerRole[],
): boolean => situationsIn(name).some((situation) => movesOf(situation, roles).includes(move));
