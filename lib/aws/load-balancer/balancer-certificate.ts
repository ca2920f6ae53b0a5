import { AcmCertificate } from "@cdktf/provider-aws/lib/acm-certificate";
import { AcmCertificateValidation } from "@cdktf/provider-aws/lib/acm-certificate-validation";
import { Route53Record } from "@cdktf/provider-aws/lib/route53-record";
import { Construct } from "constructs";

export interface AwsBalancerCertificateProps {
  readonly domain: string;
  /** The hosted zone of the domain. */
  readonly zoneId: string;
}

/**
 * A certificate for one domain, validated by a DNS record. One domain each, so that a further domain never replaces a certificate that is in use.
 *
 * Creates `aws_acm_certificate`, `aws_route53_record` and `aws_acm_certificate_validation`. No cost.
 */
export class AwsBalancerCertificate extends Construct {
  /** The underlying certificate. */
  readonly certificate: AcmCertificate;
  private readonly validation: AcmCertificateValidation;

  constructor(scope: Construct, id: string, { domain, zoneId }: AwsBalancerCertificateProps) {
    super(scope, id);
    this.certificate = new AcmCertificate(this, "Resource", {
      domainName: domain,
      validationMethod: "DNS",
      lifecycle: { createBeforeDestroy: true },
    });
    // The record depends on account and domain only: a certificate that replaces this one asks for the same, before this one goes.
    const option = this.certificate.domainValidationOptions.get(0);
    const record = new Route53Record(this, "ValidationRecord", {
      zoneId,
      name: option.resourceRecordName,
      type: option.resourceRecordType,
      records: [option.resourceRecordValue],
      ttl: 60,
      allowOverwrite: true,
    });
    this.validation = new AcmCertificateValidation(this, "Validation", {
      certificateArn: this.certificate.arn,
      validationRecordFqdns: [record.fqdn],
    });
  }

  /** ARN of the certificate, known once it is valid. */
  get arn(): string {
    return this.validation.certificateArn;
  }
}
