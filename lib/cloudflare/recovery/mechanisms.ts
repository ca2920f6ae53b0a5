import { computed, documented, MechanismTable, UNPUBLISHED } from "../../recovery/mechanisms";

const READ = "2026-11-21";
const DOCS = "https://developers.cloudflare.com";

/** How data survives at Cloudflare, which publishes no time for any restore: those have to be measured. */
export const CLOUDFLARE_MECHANISMS = new MechanismTable({
  databaseTimeTravel: {
    title: "Time Travel of the database",
    scopes: ["operator-error"],
    rpo: documented(1),
    rto: UNPUBLISHED,
    note: "in place, which overwrites what is there; gone together with the database",
    source: `${DOCS}/d1/reference/time-travel/`,
    date: READ,
  },
  objectPointInTime: {
    title: "point-in-time restore of each Durable Object",
    scopes: ["operator-error"],
    rpo: UNPUBLISHED,
    rto: UNPUBLISHED,
    note: "only when the code of the object asks for it, and with SQLite storage; 30 days",
    source: `${DOCS}/durable-objects/api/sqlite-storage-api/`,
    date: READ,
  },
  bucketCopies: {
    title: "objects kept in several data centers of their region",
    scopes: ["instance", "zone"],
    rpo: documented(0),
    rto: UNPUBLISHED,
    note: "a write is confirmed when it is on disk",
    source: `${DOCS}/r2/reference/durability/`,
    date: READ,
  },
  bucketLock: {
    title: "objects that cannot be overwritten or deleted",
    scopes: ["operator-error"],
    rpo: documented(0),
    rto: computed(0),
    note: "until their retention is over; who may edit the bucket may remove the lock",
    source: `${DOCS}/r2/buckets/bucket-locks/`,
    date: READ,
  },
});
