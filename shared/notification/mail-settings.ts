/** How long mails to one person are gathered. */
export interface Gathering {
  /** Seconds from an alert to its mail. Alerts that come in between go with it. */
  alertSeconds: number;
  /** Seconds from the opening to the daily mail. What the morning's first checks find goes with it. */
  dailySeconds: number;
  /** Seconds after an alert of a new case in which further ones wait for each other. With 0 each goes at once. */
  newCaseSeconds: number;
  /** Seconds after a mail about a case in which the same reader gets no other about it: what comes in between is gathered. */
  caseSeconds: number;
}

/** What a stage settles about its mails. */
export interface MailSettings {
  /** Id of the agency that verifies reports which name no agency. */
  verifyingAgency: string;
  /**
   * The origin of the site: mails link to its pages, and one click there stops them. A stage that does not know its own is undefined
   * here, and its mails have no links.
   */
  siteUrl: string | undefined;
  gathering: Gathering;
}
