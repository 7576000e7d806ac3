import { environment } from "../environment.ts";

/** Imported first: jobs read their settings as they load, and the functions' own log would stand between the tables. */
Object.assign(process.env, environment);
