export { cloudflare } from "./provider";
export { CloudflareBackupBucket, type CloudflareBackupBucketProps } from "./storage/backup-bucket";
