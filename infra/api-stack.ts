import { CfnOutput, Duration, Fn, RemovalPolicy, Stack, type StackProps, Validations } from "aws-cdk-lib";
import { AccessLogFormat } from "aws-cdk-lib/aws-apigateway";
import {
  type CfnStage,
  CorsHttpMethod,
  HttpApi,
  HttpMethod,
  HttpStage,
  LogGroupLogDestination,
} from "aws-cdk-lib/aws-apigatewayv2";
import { HttpJwtAuthorizer } from "aws-cdk-lib/aws-apigatewayv2-authorizers";
import { HttpLambdaIntegration } from "aws-cdk-lib/aws-apigatewayv2-integrations";
import { MathExpression } from "aws-cdk-lib/aws-cloudwatch";
import type { IUserPool } from "aws-cdk-lib/aws-cognito";
import { PolicyStatement } from "aws-cdk-lib/aws-iam";
import { LogGroup, RetentionDays } from "aws-cdk-lib/aws-logs";
import type { Construct } from "constructs";
import { staticFiles } from "./bundling/static-files.ts";
import type { Stage } from "./config.ts";
import { alarmWhenAbove, alarmWhenAny } from "./constructs/alarm.ts";
import { Canary } from "./constructs/canary.ts";
import { NodeFunction } from "./constructs/node-function.ts";
import { ownMetric } from "./constructs/own-metric.ts";
import type { DataStack } from "./data-stack.ts";
import type { JobsStack } from "./jobs-stack.ts";

/** Names who vouches for officers, as their tokens do: `iss` and `aud`. */
export interface SignIn {
  issuer: string;
  audience: string;
  /** The pages sign officers in as this client. */
  clientId: string;
  /** Holds the officers' accounts. It is absent where the issuer is somebody else's. */
  userPool?: IUserPool;
}

/**
 * Every method but OPTIONS. The gateway answers a browser's preflight itself if no route matches. ANY would match, and ask the
 * preflight for a token that it does not bring.
 */
const methods = [
  HttpMethod.GET,
  HttpMethod.HEAD,
  HttpMethod.POST,
  HttpMethod.PUT,
  HttpMethod.PATCH,
  HttpMethod.DELETE,
];

/** Whatever answers GET answers HEAD, without the body. */
const reads = [HttpMethod.GET, HttpMethod.HEAD];

/** Gateways and CloudFront give up on a function after 30 seconds. It has to have answered by then. */
const longest = Duration.seconds(28);

/** The pages of a case for whoever has its receipt. */
const ownPages = ["/saya/{trackingNumber}", "/en/saya/{trackingNumber}"];

/** Where somebody has an address follow a case: what asks for it belongs to the same function. */
const followPages = ["/ikuti/{trackingNumber}", "/en/ikuti/{trackingNumber}"];

/** The pages of officers, in both languages. Who has signed in is sealed in a cookie, so no authorizer stands in front. */
const officersPages = ["/petugas", "/en/petugas"];

/** The page of a case for officers, in both languages. */
const casePages = officersPages.map((page) => `${page}/laporan/{trackingNumber}`);

/** What clients call: the HTTP API and the functions behind it. */
export class ApiStack extends Stack {
  /** The host of the API itself. Where there is an edge, it stands in front of this host. */
  readonly apiHost: string;
  readonly apiId: string;
  /** Brings new versions slowly, where the stage has that. */
  readonly canary: Canary | undefined;

  constructor(
    scope: Construct,
    id: string,
    {
      stage,
      data,
      signIn,
      jobs,
      urgent,
      ...props
    }: StackProps & { stage: Stage; data: DataStack; signIn: SignIn; jobs: JobsStack; urgent: boolean },
  ) {
    super(scope, id, props);

    /** The officers whom no mail reaches lie under this key, beside the marks of mails, which name cases. */
    const unreached = "UNDELIVERABLE";
    /** The front of the keys under which the addresses lie that follow cases. */
    const subscribers = "SUBSCRIBERS#";
    const limits = JSON.stringify(stage.attachments);
    /** Which moves a case allows is decided by these, besides the case. */
    const ofMoves = { VERIFYING_AGENCY: stage.verifyingAgency, ATTACHMENT_LIMITS: limits };
    /** Pages link to the static files by their names of this moment. Links of sheets and mails begin with the site's origin. */
    const ofPages: Record<string, string> = {
      STATIC_FILES: JSON.stringify(staticFiles().addresses),
      ...(stage.siteUrl && { SITE_URL: stage.siteUrl }),
    };

    const publicFunction = new NodeFunction(this, "Public", {
      keyRole: data.roles.public,
      concurrency: stage.concurrency?.public,
      entry: "functions/public/handler.ts",
      impact: "Citizens cannot submit or follow reports.",
      runbook: "public-api",
      alarmTopic: data.alarmTopic,
      memorySize: 1024,
      environment: {
        ...ofMoves,
        FREE_REPORTS_OF_NETWORK: String(stage.freeReports.ofNetwork),
        FREE_REPORTS_OF_ALL: String(stage.freeReports.ofAll),
        HOLDS_ALIKE: String(stage.holdsAlike),
        HOLDS_BACK: String(stage.holdsBack),
        ...ofPages,
      },
      encrypts: true,
    })
      .uses(data.cases, "CASES_TABLE", "GetItem", "BatchGetItem", "PutItem", "Query", "UpdateItem")
      .queries(data.cases, "by-feed")
      .uses(data.reporters, "REPORTERS_TABLE", "PutItem")
      .reads(data.reporters, "undeliverable")
      // The function seals and hashes. It can open nothing.
      .seals(data.identityKey, "IDENTITY_KEY", "identity", "receipt")
      .hashes(data.identityHashKey, "IDENTITY_HASH_KEY")
      .uses(data.directory, "DIRECTORY_TABLE", "GetItem", "Query")
      .queries(data.directory, "by-region")
      // Who administers the agency that a report names.
      .queries(data.directory, "by-agency")
      .uses(data.traffic, "TRAFFIC_TABLE", "GetItem", "PutItem", "UpdateItem")
      .hashes(data.trafficKey, "TRAFFIC_KEY")
      .usesUnder("DRAFT#", data.drafts, "DRAFTS_TABLE", "GetItem", "PutItem", "DeleteItem")
      .hashes(data.pagesKey, "PAGES_KEY")
      .files(data.attachments, "ATTACHMENTS_BUCKET", "clean", ["GetObject"])
      .files(data.attachments, "ATTACHMENTS_BUCKET", "thumbnails", ["GetObject"])
      .files(data.derived, "SEARCH_BUCKET", "indexes", ["GetObject"])
      .files(data.derived, "SEARCH_BUCKET", "newest", ["GetObject"]);
    // Without this power S3 answers 403 instead of 404 for an index that is gone.
    publicFunction.addToRolePolicy(
      new PolicyStatement({ actions: ["s3:ListBucket"], resources: [data.derived.bucketArn] }),
    );

    const reporterFunction = new NodeFunction(this, "Reporter", {
      keyRole: data.roles.reporter,
      concurrency: stage.concurrency?.reporter,
      entry: "functions/reporter/handler.ts",
      impact: "Reporters cannot answer questions about their case, nor confirm or appeal what was done.",
      runbook: "reporter-api",
      alarmTopic: data.alarmTopic,
      memorySize: 1024,
      environment: { ...ofMoves, ...ofPages },
      encrypts: true,
    })
      // The form of an upload is signed with the function's own rights.
      .files(data.attachments, "ATTACHMENTS_BUCKET", "uploads", ["PutObject"])
      // Erases files, or the originals of them, of whoever asks for it. It can read none.
      .files(data.attachments, "ATTACHMENTS_BUCKET", "sealed", ["DeleteObject"])
      .files(data.attachments, "ATTACHMENTS_BUCKET", "clean", ["DeleteObject"])
      .files(data.attachments, "ATTACHMENTS_BUCKET", "thumbnails", ["DeleteObject"])
      .lists(data.attachments, "sealed", "clean", "thumbnails")
      .uses(data.cases, "CASES_TABLE", "GetItem", "Query", "PutItem")
      .uses(data.reporters, "REPORTERS_TABLE", "UpdateItem")
      .uses(data.directory, "DIRECTORY_TABLE", "GetItem", "Query")
      .queries(data.directory, "by-agency")
      .uses(data.traffic, "TRAFFIC_TABLE", "GetItem", "PutItem", "UpdateItem")
      .hashes(data.trafficKey, "TRAFFIC_KEY")
      .hashes(data.pagesKey, "PAGES_KEY")
      .hashes(data.unsubscribingKey, "UNSUBSCRIBING_KEY")
      // Who follows a case. The function seals an address and can open none.
      .usesUnder(
        subscribers,
        data.notifications,
        "NOTIFICATIONS_TABLE",
        "GetItem",
        "PutItem",
        "UpdateItem",
        "DeleteItem",
      )
      .seals(data.identityKey, "IDENTITY_KEY", "subscriber")
      .sendsTo(jobs.emails, "EMAILS_QUEUE_URL");

    const officerFunction = new NodeFunction(this, "Officer", {
      keyRole: data.roles.officer,
      concurrency: stage.concurrency?.officer,
      entry: "functions/officer/handler.ts",
      impact: "Officers cannot see or work on cases.",
      runbook: "officer-api",
      alarmTopic: data.alarmTopic,
      memorySize: 1024,
      // A sign-in asks the issuer twice, for three seconds each, and each once more where it does not answer.
      timeout: Duration.seconds(15),
      environment: {
        ...ofMoves,
        ...ofPages,
        HOLDS_BACK: String(stage.holdsBack),
        SIGN_IN_ISSUER: signIn.issuer,
        SIGN_IN_CLIENT: signIn.clientId,
      },
      encrypts: true,
    })
      .hashes(data.pagesKey, "PAGES_KEY")
      .files(data.attachments, "ATTACHMENTS_BUCKET", "uploads", ["PutObject"])
      // Officers remove what they attached themselves. The function can read no original.
      .files(data.attachments, "ATTACHMENTS_BUCKET", "sealed", ["DeleteObject"])
      .files(data.attachments, "ATTACHMENTS_BUCKET", "clean", ["GetObject", "DeleteObject"])
      .files(data.attachments, "ATTACHMENTS_BUCKET", "thumbnails", ["GetObject", "DeleteObject"])
      .lists(data.attachments, "sealed", "clean", "thumbnails")
      .uses(data.cases, "CASES_TABLE", "GetItem", "BatchGetItem", "Query", "PutItem", "ConditionCheckItem")
      .queries(data.cases, "by-queue")
      .queries(data.cases, "by-place")
      // Which cases follow the one that an officer looks at.
      .queries(data.cases, "by-joined")
      .readsUnder(unreached, data.notifications, "NOTIFICATIONS_TABLE", "GetItem")
      // What officers typed and did not send yet. Drafts of citizens are out of its reach.
      .usesUnder("OFFICER-DRAFT#", data.drafts, "DRAFTS_TABLE", "GetItem", "PutItem", "DeleteItem")
      .uses(data.directory, "DIRECTORY_TABLE", "GetItem", "Query")
      .queries(data.directory, "by-subject")
      // Which agencies serve a place, to choose among when a case is passed on.
      .queries(data.directory, "by-region")
      .queries(data.directory, "by-agency");

    // Apart from the others, because no other function may read what is sealed.
    const evidenceFunction = new NodeFunction(this, "Evidence", {
      keyRole: data.roles.evidence,
      concurrency: stage.concurrency?.evidence,
      entry: "functions/evidence/handler.ts",
      impact: "Nobody can open the sealed original of an attachment.",
      runbook: "evidence-api",
      alarmTopic: data.alarmTopic,
      memorySize: 1024,
      environment: { ...ofMoves, ...ofPages },
      encrypts: true,
    })
      .hashes(data.pagesKey, "PAGES_KEY")
      .files(data.attachments, "ATTACHMENTS_BUCKET", "sealed", ["GetObject"])
      .uses(data.cases, "CASES_TABLE", "GetItem", "Query", "PutItem")
      .uses(data.directory, "DIRECTORY_TABLE", "GetItem", "Query")
      .queries(data.directory, "by-subject")
      // For whom the caller deputises.
      .queries(data.directory, "by-agency");

    const administrationFunction = new NodeFunction(this, "Administration", {
      keyRole: data.roles.administration,
      concurrency: stage.concurrency?.administration,
      entry: "functions/administration/handler.ts",
      impact: "Nobody can invite or dismiss officers, nor change agencies, calendars or limits.",
      runbook: "administration-api",
      alarmTopic: data.alarmTopic,
      memorySize: 1024,
      // A trial of a calendar counts open cases until the caller's time is over.
      timeout: longest,
      environment: {
        VERIFYING_AGENCY: stage.verifyingAgency,
        RECOUNT_DELAY_SECONDS: String(stage.recountDelaySeconds),
        MAILBOX_DOMAINS: stage.mailboxDomains.join(" "),
        ...ofPages,
      },
      encrypts: true,
    })
      .hashes(data.pagesKey, "PAGES_KEY")
      .readsUnder(unreached, data.notifications, "NOTIFICATIONS_TABLE", "Query")
      .uses(data.cases, "CASES_TABLE", "BatchGetItem")
      .queries(data.cases, "by-queue")
      .queries(data.cases, "by-check")
      .uses(
        data.directory,
        "DIRECTORY_TABLE",
        "GetItem",
        "Query",
        "PutItem",
        "UpdateItem",
        "ConditionCheckItem",
      )
      .queries(data.directory, "by-subject")
      .queries(data.directory, "by-agency")
      // Who has finished which scenario of practice, and the copy of the rules that practice counts by.
      .usesUnder("PERSON#", data.practice, "PRACTICE_TABLE", "Query")
      .usesUnder("RULES", data.practice, "PRACTICE_TABLE", "PutItem")
      .sendsTo(jobs.handOvers, "HAND_OVERS_QUEUE_URL")
      .sendsTo(jobs.recounts, "RECOUNTS_QUEUE_URL")
      .sendsTo(jobs.emails, "EMAILS_QUEUE_URL");
    if (signIn.userPool) {
      administrationFunction.addEnvironment("USER_POOL_ID", signIn.userPool.userPoolId);
      administrationFunction.addToRolePolicy(
        new PolicyStatement({
          actions: [
            "cognito-idp:AdminCreateUser",
            "cognito-idp:AdminGetUser",
            "cognito-idp:AdminDisableUser",
            "cognito-idp:AdminDeleteUser",
            "cognito-idp:AdminDeleteSoftwareToken",
            "cognito-idp:AdminUserGlobalSignOut",
          ],
          resources: [signIn.userPool.userPoolArn],
        }),
      );
    }
    const identityFunction = new NodeFunction(this, "Identity", {
      keyRole: data.roles.identity,
      concurrency: stage.concurrency?.identity,
      entry: "functions/identity/handler.ts",
      impact:
        "Identities cannot be opened where that is needed, and reporters cannot see or correct their data.",
      runbook: "identity-api",
      alarmTopic: data.alarmTopic,
      memorySize: 1024,
      // A search opens up to fifty cases, each with its event.
      timeout: longest,
      encrypts: true,
      environment: {
        ...ofMoves,
        ...ofPages,
        IDENTITY_SEARCHES_OF_DAY: String(stage.identitySearchesOfDay),
      },
    })
      .uses(data.cases, "CASES_TABLE", "GetItem", "Query", "PutItem")
      .uses(data.reporters, "REPORTERS_TABLE", "GetItem", "UpdateItem", "DeleteItem")
      .queries(data.reporters, "by-nik")
      .queries(data.reporters, "by-phone")
      .uses(data.traffic, "TRAFFIC_TABLE", "GetItem", "PutItem", "UpdateItem")
      .hashes(data.trafficKey, "TRAFFIC_KEY")
      .hashes(data.pagesKey, "PAGES_KEY")
      .opens(data.identityKey, "IDENTITY_KEY", "identity", "receipt")
      .seals(data.identityKey, "IDENTITY_KEY", "identity", "former-address")
      .hashes(data.identityHashKey, "IDENTITY_HASH_KEY")
      .uses(data.directory, "DIRECTORY_TABLE", "GetItem", "Query")
      .queries(data.directory, "by-subject")
      // For whom the caller deputises.
      .queries(data.directory, "by-agency");

    // Apart from the others, so that no mistake of it can touch anything real: it may use one table, and the key of the cookies.
    const practiceFunction = new NodeFunction(this, "Practice", {
      keyRole: data.roles.practice,
      concurrency: stage.concurrency?.practice,
      entry: "functions/practice/handler.ts",
      impact: "Officers cannot practise. Real cases go on.",
      runbook: "practice-pages",
      alarmTopic: data.alarmTopic,
      memorySize: 1024,
      environment: ofPages,
      encrypts: true,
    })
      .uses(data.practice, "PRACTICE_TABLE", "GetItem", "PutItem", "Query")
      .hashes(data.pagesKey, "PAGES_KEY");

    const functions = {
      publicFunction,
      reporterFunction,
      officerFunction,
      evidenceFunction,
      administrationFunction,
      identityFunction,
      practiceFunction,
    };
    const secrets = data.originSecrets.map(({ secretValue }) => secretValue.unsafeUnwrap());
    if (secrets.length > 0)
      for (const called of Object.values(functions))
        called.addEnvironment("ORIGIN_SECRETS", secrets.join(" "));

    const canary = (this.canary = stage.canary ? new Canary(this, "Canary", { urgent }) : undefined);
    // One permission for each function. With one for each of its routes Lambda's policies would outgrow the 20 KB that AWS takes.
    const integrationOf = (id: string, called: NodeFunction) =>
      new HttpLambdaIntegration(id, canary?.of(called) ?? called, { scopePermissionToRoute: false });

    const api = new HttpApi(this, "Api", {
      apiName: `sp4n-lapor-${stage.name}`,
      createDefaultStage: false,
      corsPreflight: {
        allowOrigins: stage.corsOrigins,
        allowMethods: [CorsHttpMethod.GET, CorsHttpMethod.POST, CorsHttpMethod.PUT, CorsHttpMethod.DELETE],
        allowHeaders: [
          "Accept-Language",
          "Authorization",
          "Content-Type",
          "Idempotency-Key",
          "If-Match",
          "Officer-Post",
          "Proof-Of-Work",
        ],
        exposeHeaders: ["ETag", "Location", "Retry-After"],
        maxAge: Duration.hours(1),
      },
    });
    const publicIntegration = integrationOf("PublicIntegration", publicFunction);
    const publicRoutes = [
      ...api.addRoutes({ path: "/v1/{proxy+}", methods, integration: publicIntegration }),
      // All pages that no other route has, and the page for an address at which there is none.
      // Whatever is sent to a page is answered with a page.
      ...["/", "/{proxy+}"].flatMap((path) =>
        api.addRoutes({ path, methods, integration: publicIntegration }),
      ),
    ];
    /** Reports are most of what is posted to the public routes. */
    const reports = ["POST /v1/{proxy+}", "POST /{proxy+}"];
    const identityIntegration = integrationOf("IdentityIntegration", identityFunction);
    const ofCase = "/v1/cases/{trackingNumber}";
    const reporterIntegration = integrationOf("ReporterIntegration", reporterFunction);
    const officerIntegration = integrationOf("OfficerIntegration", officerFunction);
    const administration = integrationOf("AdministrationIntegration", administrationFunction);
    const evidence = integrationOf("EvidenceIntegration", evidenceFunction);
    const practice = integrationOf("PracticeIntegration", practiceFunction);
    for (const route of [
      ...publicRoutes,
      ...["/v1/cases/duplicates", `${ofCase}/supports`].flatMap((path) =>
        api.addRoutes({ path, methods: [HttpMethod.POST], integration: publicIntegration }),
      ),
      ...api.addRoutes({
        path: `${ofCase}/{proxy+}`,
        methods: [HttpMethod.POST, HttpMethod.PUT],
        integration: reporterIntegration,
      }),
      ...["/v1/unsubscribe/{token}", "/v1/follow/{token}"].flatMap((path) =>
        api.addRoutes({ path, methods, integration: reporterIntegration }),
      ),
      ...[
        { path: `${ofCase}/personal-data`, methods: reads },
        { path: `${ofCase}/contact`, methods: [HttpMethod.PUT] },
        { path: `${ofCase}/identity-deletion`, methods: [HttpMethod.POST] },
        ...ownPages.flatMap((page) =>
          ["data", "data/hapus", "surel"].map((name) => ({
            path: `${page}/${name}`,
            methods,
          })),
        ),
      ].flatMap((one) => api.addRoutes({ ...one, integration: identityIntegration })),
      // The reporter function can read no file, so the pictures of a page come from the public one.
      ...ownPages.flatMap((page) =>
        api.addRoutes({
          path: `${page}/berkas/{attachmentId}`,
          methods,
          integration: publicIntegration,
        }),
      ),
      ...ownPages.flatMap((page) =>
        api.addRoutes({
          path: `${page}/{proxy+}`,
          methods,
          integration: reporterIntegration,
        }),
      ),
      ...followPages.flatMap((path) => api.addRoutes({ path, methods, integration: reporterIntegration })),
    ])
      Validations.of(route).acknowledge({
        id: "AwsSolutions-APIG4",
        reason:
          "Anybody may report and follow a case without an account; the receipt is checked against the case itself.",
      });

    for (const route of ["/latihan", "/en/latihan"]
      .flatMap((page) => [page, `${page}/{proxy+}`])
      .flatMap((path) => api.addRoutes({ path, methods: [HttpMethod.ANY], integration: practice })))
      Validations.of(route).acknowledge({
        id: "AwsSolutions-APIG4",
        reason: "Anybody may practise: nothing of it is real, and the function can reach nothing that is.",
      });

    for (const route of [
      ...officersPages.flatMap((page) => [
        { path: page, integration: officerIntegration },
        { path: `${page}/{proxy+}`, integration: officerIntegration },
        // What changes the directory: agencies, officers, calendars, limits, and an officer's own settings.
        ...["kelola", "saya"].flatMap((room) => [
          { path: `${page}/${room}`, integration: administration },
          { path: `${page}/${room}/{proxy+}`, integration: administration },
        ]),
        { path: `${page}/pencarian-identitas`, integration: identityIntegration },
        { path: `${page}/pencarian-identitas/{proxy+}`, integration: identityIntegration },
      ]),
      ...casePages.flatMap((page) => [
        { path: `${page}/identitas`, integration: identityIntegration },
        { path: `${page}/berkas/{attachmentId}/asli`, integration: evidence },
      ]),
      // Nobody calls a page from another origin, so no preflight has to be let through.
    ].flatMap((one) => api.addRoutes({ ...one, methods: [HttpMethod.ANY] })))
      Validations.of(route).acknowledge({
        id: "AwsSolutions-APIG4",
        reason:
          "Who has signed in is sealed in a cookie of this host. The function reads it and asks the directory at every request.",
      });

    for (const route of api.addRoutes({
      path: "/v1/calendar/{token}",
      methods,
      integration: officerIntegration,
    }))
      Validations.of(route).acknowledge({
        id: "AwsSolutions-APIG4",
        reason:
          "Programs that show calendars cannot sign in. The address holds 192 random bits, is stored as a hash, and is revoked by its officer.",
      });

    const authorizer = new HttpJwtAuthorizer("SignIn", signIn.issuer, { jwtAudience: [signIn.audience] });
    const forOfficers = (path: string, integration: HttpLambdaIntegration, only = methods) =>
      api.addRoutes({
        path,
        methods: only,
        integration,
        authorizer,
        // Access tokens have scopes. ID tokens have none, so they open nothing: they tell a page who signed in.
        authorizationScopes: ["openid"],
      });
    forOfficers("/v1/officer/{proxy+}", officerIntegration);
    forOfficers("/v1/admin/{proxy+}", administration);
    // An officer's mail settings, absence and calendar are in the directory. The officer function may only read it.
    for (const path of ["mail-settings", "absence", "calendar", "deputies"])
      forOfficers(`/v1/officer/me/${path}`, administration);
    for (const path of ["cases/{trackingNumber}/identity-opening", "identity-search"])
      forOfficers(`/v1/officer/${path}`, identityIntegration, [HttpMethod.POST]);
    const ofAttachment = "/v1/officer/cases/{trackingNumber}/attachments/{attachmentId}";
    forOfficers(`${ofAttachment}/opening`, evidence, [HttpMethod.POST]);
    forOfficers(`${ofAttachment}/original`, evidence, reads);
    for (const path of ["identity-searches", "identity-searches/{officerId}"])
      forOfficers(`/v1/officer/${path}`, identityIntegration, reads);

    // The log holds no address, no user agent and no path: it must not tell who looked at which case.
    const accessLog = new LogGroup(this, "AccessLog", {
      retention: RetentionDays.ONE_YEAR,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    const gatewayStage = new HttpStage(this, "Stage", {
      httpApi: api,
      stageName: "$default",
      autoDeploy: true,
      throttle: { rateLimit: stage.throttle.ratePerSecond, burstLimit: stage.throttle.burst },
      detailedMetricsEnabled: true,
      accessLogSettings: {
        destination: new LogGroupLogDestination(accessLog),
        format: AccessLogFormat.custom(
          JSON.stringify({
            requestId: "$context.requestId",
            at: "$context.requestTime",
            route: "$context.routeKey",
            status: "$context.status",
            bytes: "$context.responseLength",
            latencyMs: "$context.responseLatency",
            gatewayError: "$context.error.messageString",
            integrationError: "$context.integrationErrorMessage",
          }),
        ),
      },
    });
    // This limit is for all callers together. The edge counts what one address sends, the functions what one network sends.
    const { ratePerSecond, burst } = stage.reportThrottle;
    (gatewayStage.node.defaultChild as CfnStage).routeSettings = Object.fromEntries(
      reports.map((route) => [
        route,
        { ThrottlingRateLimit: ratePerSecond, ThrottlingBurstLimit: burst, DetailedMetricsEnabled: true },
      ]),
    );
    gatewayStage.node.addDependency(...publicRoutes);
    const errors = {
      impact: "Citizens get errors when they report or follow a case.",
      runbook: "server-errors",
    };
    const minute = Duration.minutes(1);
    const serverErrors = alarmWhenAbove(this, "ServerErrors", {
      // Three errors in a busy minute, or one where hardly anybody asks: one request of three at night is no outage, and all three are.
      metric: new MathExpression({
        expression: "IF(FILL(errors, 0) > 2 OR 3 * FILL(errors, 0) > requests, 100 * errors / requests, 0)",
        usingMetrics: {
          errors: api.metricServerError({ period: minute, statistic: "sum" }),
          requests: api.metricCount({ period: minute, statistic: "sum" }),
        },
        label: "answers of a hundred that are errors",
        period: minute,
      }),
      threshold: 5,
      periods: 10,
      ofThem: 3,
      ...errors,
      topic: data.alarmTopic,
    });
    canary?.endsWith(serverErrors);
    alarmWhenAbove(this, "SomeServerErrors", {
      metric: api.metricServerError({ period: Duration.hours(1), statistic: "sum" }),
      threshold: 4,
      ...errors,
      topic: data.ticketTopic,
    });

    alarmWhenAny(this, "NoneFree", {
      metric: new MathExpression({
        // Nothing is counted of a function that nobody called. Without zeros there would be no sum then.
        expression: Object.keys(functions)
          .map((name) => `FILL(${name}, 0)`)
          .join(" + "),
        usingMetrics: Object.fromEntries(
          Object.entries(functions).map(([name, one]) => [
            name,
            one.metricThrottles({ period: Duration.minutes(1), statistic: "sum" }),
          ]),
        ),
        period: Duration.minutes(1),
      }),
      periods: 10,
      ofThem: 3,
      impact: "Some requests are refused before anybody looks at them: too many came at once.",
      runbook: "none-free",
      topic: data.alarmTopic,
    });

    // A person mistypes a receipt a few times, and neighbours report one thing twice. Above these thresholds a machine is at work.
    for (const { id, metricName, threshold, runbook, impact } of [
      {
        id: "ReceiptsTried",
        metricName: "ReceiptRefused",
        threshold: 200,
        runbook: "receipts-tried",
        impact: "Somebody tries receipts in numbers, to read or change what others reported.",
      },
      {
        id: "ReportsHeld",
        metricName: "CaseHeld",
        threshold: 50,
        runbook: "reports-held",
        impact: "Somebody sends the same report again and again; real ones among them are answered later.",
      },
      {
        id: "HeldBack",
        metricName: "HeldBack",
        threshold: 0,
        runbook: "held-back",
        impact: "Searches and downloads of lists wait, so that reports, tracking and moves go on.",
      },
      ...(stage.edge
        ? [
            {
              id: "WentAroundEdge",
              metricName: "WentAroundEdge",
              threshold: 100,
              runbook: "went-around-the-edge",
              impact:
                "Requests are refused because they did not come through the edge: somebody's, or everybody's.",
            },
          ]
        : []),
    ])
      alarmWhenAbove(this, id, {
        metric: ownMetric(this, metricName, { period: Duration.minutes(10) }),
        threshold,
        impact,
        runbook,
        topic: data.alarmTopic,
      });

    this.apiId = api.apiId;
    this.apiHost = Fn.select(2, Fn.split("/", api.apiEndpoint));
    new CfnOutput(this, "ApiUrl", { value: api.apiEndpoint });
  }
}
