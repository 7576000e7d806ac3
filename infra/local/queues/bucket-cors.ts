import type { Resource } from "../template/template.ts";
import { bucketName } from "./queues.ts";

type Rule = {
  AllowedMethods: string[];
  AllowedOrigins: string[];
  AllowedHeaders?: string[];
  ExposedHeaders?: string[];
  MaxAge?: number;
};
/** The CORS rules of the buckets, by their names on this machine. */
export type BucketCors = Record<string, Rule[]>;

/**
 * The CORS rules of the templates. What names pages at all lets in those of this machine too, as the stage's own site is let in when
 * deployed.
 */
export const readBucketCors = (buckets: Resource[], site: string): BucketCors =>
  Object.fromEntries(
    buckets.map((bucket) => {
      const { CorsRules = [] } = (bucket.properties.CorsConfiguration ?? {}) as { CorsRules?: Rule[] };
      return [
        bucketName(bucket),
        CorsRules.map((rule) => ({ ...rule, AllowedOrigins: [...rule.AllowedOrigins, site] })),
      ];
    }),
  );

export type CrossOrigin = { method: string; path: string; origin: string | undefined; preflightOf?: string };

/** The headers with which S3 lets a page of this origin read its answer; undefined where no rule does. */
export const corsHeaders = (
  cors: BucketCors,
  { method, path, origin, preflightOf }: CrossOrigin,
): Record<string, string> | undefined => {
  const rule = cors[path.split(/[/?]/)[1] ?? ""]?.find(
    ({ AllowedMethods, AllowedOrigins }) =>
      AllowedMethods.includes(preflightOf ?? method) &&
      (AllowedOrigins.includes("*") || AllowedOrigins.includes(origin ?? "")),
  );
  if (!rule || origin === undefined) return undefined;
  const { AllowedOrigins, AllowedMethods, AllowedHeaders = [], ExposedHeaders = [], MaxAge } = rule;
  return {
    "access-control-allow-origin": AllowedOrigins.includes("*") ? "*" : origin,
    vary: "Origin",
    ...(ExposedHeaders.length > 0 && { "access-control-expose-headers": ExposedHeaders.join(", ") }),
    ...(preflightOf !== undefined && {
      "access-control-allow-methods": AllowedMethods.join(", "),
      "access-control-allow-headers": AllowedHeaders.join(", "),
      ...(MaxAge !== undefined && { "access-control-max-age": String(MaxAge) }),
    }),
  };
};
