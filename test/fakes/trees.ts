import type { Agency } from "../../shared/directory/directory.ts";
import { agencies } from "./agencies.ts";

const [, city] = agencies as [Agency, Agency];

/** A province with so many agencies below it: kabupaten with departments, and departments with units. */
export function aProvince(below: number): Agency[] {
  const province: Agency = { ...city, id: "provinsi-contoh", name: "Provinsi Contoh", type: "province" };
  const tree = [province];
  for (let number = 1; number <= below; number++) {
    const above = number <= 12 ? province : tree[1 + ((number * 7) % Math.min(number - 1, 120))];
    const id = `contoh-${String(number).padStart(5, "0")}`;
    tree.push({
      ...city,
      id,
      name: `Instansi ${number}`,
      type: "unit",
      parent: above?.id ?? null,
      alertEmail: `${id}@provinsi.example`,
    });
  }
  return tree;
}
