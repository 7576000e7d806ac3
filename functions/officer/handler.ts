import { directoryStore } from "../../shared/directory/directory-store.ts";
import { dynamoClient } from "../../shared/dynamo.ts";
import { env } from "../../shared/env.ts";
import { get, type Route, serve } from "../../shared/http.ts";
import { describeCaller } from "./describe-caller.ts";

const dynamo = dynamoClient();
const directory = directoryStore(dynamo, env("DIRECTORY_TABLE"));

export const routes: Route[] = [get("/v1/officer/me", describeCaller(directory))];

export const handler = serve(routes, directory);
