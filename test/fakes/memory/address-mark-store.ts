import {
  type AddressMarkStore,
  isMarked,
} from "../../../shared/notification/addresses/address-mark-store.ts";
import { type Returned, tellsMore } from "../../../shared/reporter/undeliverable.ts";

/** Marks of addresses that mails came back from, in memory. */
export function memoryAddressMarks(): AddressMarkStore {
  const marks = new Map<string, Returned>();
  return {
    async mark(name, mark) {
      if (tellsMore(marks.get(name), mark)) marks.set(name, mark);
    },
    async find(name, at) {
      const mark = marks.get(name);
      return mark && isMarked(mark, at) ? mark : undefined;
    },
  };
}
