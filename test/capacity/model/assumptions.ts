/** What nobody can measure here. Each is said in the document, so that whoever knows better can put it right. */
export const assumptions = {
  /** Share of the reports that come with a photo, and what a photo of a phone weighs as it is sent. */
  photoShare: 0.5,
  photoMegabytes: 2,
  /** A photo of a phone (12 megapixels) has so many times the pixels of the measured one (2 megapixels), and takes as much longer. */
  photoTimes: 6,
  /** Stored of one photo: the sealed original, and a clean copy of nearly the same weight. */
  copiesOfPhoto: 2,
  /** What the platform writes into the log of each call: its start, its end and its report. */
  platformLogBytes: 600,
  /** One line of the gateway's own log. */
  accessLogBytes: 300,
  /** Headers of an answer. */
  headerBytes: 600,
  /** AWS polls an idle message queue with so many pollers, each with polls of so many seconds. */
  idlePollers: 5,
  pollSeconds: 20,
  /** Lambda traces the first request of a second, and this share of the others. */
  tracedShare: 0.05,
  /** Metrics that the functions print, with all their dimensions. What is counted only while requests fail costs in that hour alone. */
  ownMetrics: 40,
  /** So many months of reports lie in the tables and the logs. */
  monthsKept: 12,
  /** Whole copies of the tables that lie in the vaults of this account and of the other one, where a stage names a vault (`copiesTo`). */
  nightsInVaults: 2 + 35,
  /** What the public opens, out of a hundred. */
  pages: {
    "Page: first": 30,
    "Page: public reports": 25,
    "Page: one public report": 30,
    "Page: search": 5,
    "Page: agencies": 5,
    "Page: calculator": 5,
  } as Readonly<Record<string, number>>,
  /** A visit opens so many pages; the first of them loads the static files. */
  pagesOfVisit: 3,
  /** Share of the public pages that CloudFront answers by itself: each is kept for a minute at each edge location. */
  fromEdge: { quiet: 0, crowd: 0.9 },
  daysOfMonth: 30.4,
  /** Public pages that are opened for each report. */
  pagesOfReport: 10,
  /** Officers who sign in during a month: some three a connected agency of the province, and of the country. */
  officers: { kaltim: 200, country: 2_000 },
  /** The busiest hour of an ordinary year has so many times the reports of an average one. */
  busiestHour: 10,
  /** SES lets an account send so many mails a second once it is out of the sandbox, until it asks for more. */
  mailsPerSecond: 14,
  /** API Gateway lets an account send so many requests a second in Jakarta, until it asks for more. */
  gatewayPerSecond: 2_500,
} as const;
