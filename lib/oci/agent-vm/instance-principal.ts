/**
 * What machine.py needs of OCI, with Python's standard library and openssl: settings come from the instance's metadata, and requests are
 * signed as the instance. Its certificate buys a token for a key of this run; the token signs everything else.
 * Source: x509FederationClient and http_signer of github.com/oracle/oci-go-sdk v65, read 2026-11-21.
 */
export const CLOUD_MODULE = `"""What machine.py needs of OCI: settings from the instance's metadata, and requests that are signed as the instance."""
import base64
import email.utils
import hashlib
import json
import os
import re
import shutil
import subprocess
import tempfile
import urllib.parse
import urllib.request

METADATA = "http://169.254.169.254/opc/v2/"
KEYS = tempfile.TemporaryDirectory()
SESSION = {}


def metadata(path):
    request = urllib.request.Request(METADATA + path, headers={"Authorization": "Bearer Oracle"})
    with urllib.request.urlopen(request, timeout=5) as answer:
        return answer.read().decode()


def openssl(*arguments, text=b""):
    return subprocess.run(["openssl", *arguments], input=text, check=True, stdout=subprocess.PIPE).stdout


def bare(pem):
    return "".join(line for line in pem.splitlines() if not line.startswith("-----"))


def keep(name, content):
    path = os.path.join(KEYS.name, name)
    with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        file.write(content)
    return path


def signed(url, body, key, identity, names):
    parts = urllib.parse.urlsplit(url)
    values = {
        "date": email.utils.formatdate(usegmt=True),
        "(request-target)": ("get " if body is None else "post ") + parts.path + ("?" + parts.query if parts.query else ""),
        "host": parts.netloc,
    }
    if body is not None:
        digest = base64.b64encode(hashlib.sha256(body).digest()).decode()
        values.update({"content-length": str(len(body)), "content-type": "application/json", "x-content-sha256": digest})
        names = [*names, "content-length", "content-type", "x-content-sha256"]
    text = "\\n".join(f"{name}: {values[name]}" for name in names)
    signature = base64.b64encode(openssl("dgst", "-sha256", "-sign", key, text=text.encode())).decode()
    headers = {name: value for name, value in values.items() if name != "(request-target)"}
    headers["authorization"] = (
        f'Signature version="1",headers="{" ".join(names)}",keyId="{identity}",algorithm="rsa-sha256",signature="{signature}"'
    )
    return urllib.request.Request(url, data=body, headers=headers)


def region():
    about = json.loads(metadata("instance/regionInfo"))
    return about["regionIdentifier"], about["realmDomainComponent"]


def session():
    if not SESSION:
        certificate = metadata("identity/cert.pem")
        leaf = keep("leaf.pem", metadata("identity/key.pem").encode())
        fingerprint = hashlib.sha256(base64.b64decode(bare(certificate))).hexdigest()
        subject = openssl("x509", "-noout", "-subject", text=certificate.encode()).decode()
        tenancy = re.search("opc-tenant:([a-z0-9.-]+)", subject).group(1)
        key = keep("session.pem", openssl("genpkey", "-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:2048", "-quiet"))
        details = {
            "certificate": bare(certificate),
            "publicKey": bare(openssl("pkey", "-in", key, "-pubout").decode()),
            "intermediateCertificates": [bare(metadata("identity/intermediate.pem"))],
            "fingerprintAlgorithm": "SHA256",
        }
        name, domain = region()
        identity = f"{tenancy}/fed-x509-sha256/" + ":".join(re.findall("..", fingerprint))
        url = f"https://auth.{name}.{domain}/v1/x509"
        request = signed(url, json.dumps(details).encode(), leaf, identity, ["date", "(request-target)"])
        with urllib.request.urlopen(request, timeout=30) as answer:
            SESSION.update({"token": json.load(answer)["token"], "key": key})
    return SESSION


def ask(url, body=None):
    found = session()
    return urllib.request.urlopen(signed(url, body, found["key"], "ST$" + found["token"], ["date", "(request-target)", "host"]), timeout=60)


def settings():
    return json.loads(json.loads(metadata("instance/metadata/"))["settings"])


def secret(reference):
    ocid, _, field = reference.partition("#")
    name, domain = region()
    with ask(f"https://secrets.vaults.{name}.oci.{domain}/20190301/secretbundles/{ocid}") as answer:
        value = base64.b64decode(json.load(answer)["secretBundleContent"]["content"]).decode()
    return json.loads(value)[field] if field else value


def device(volume):
    return volume


def download(url, path):
    if url.startswith("oci://"):
        place, _, item = url[6:].partition("/")
        bucket, _, namespace = place.partition("@")
        name, domain = region()
        item = urllib.parse.quote(item, safe="")
        source = ask(f"https://objectstorage.{name}.{domain}/n/{namespace}/b/{bucket}/o/{item}")
    else:
        source = urllib.request.urlopen(url, timeout=60)
    with source, open(path, "wb") as target:
        shutil.copyfileobj(source, target)


def measured(namespace, values, dimensions):
    name, domain = region()
    now = email.utils.localtime().astimezone().isoformat(timespec="seconds")
    place = json.loads(metadata("instance/"))["compartmentId"]
    data = [
        {
            "namespace": namespace,
            "compartmentId": place,
            "name": metric,
            "dimensions": {**dimensions, **more},
            "datapoints": [{"timestamp": now, "value": value}],
        }
        for metric, value, more in values
    ]
    ask(f"https://telemetry-ingestion.{name}.{domain}/20180401/metrics", json.dumps({"metricData": data}).encode()).close()
`;

/** Sends every minute what OCI does not see from outside. */
export const TELEMETRY_SCRIPT = `"""Heartbeats that were delivered, and how full the volumes are: python3 telemetry.py <namespace> <agent id>"""
import json
import os
import sys

import cloud

LOG = "/var/log/agent/governance-reporter.log"
PLACE = "/run/telemetry/place"
VOLUMES = {"system": "/", "data": "/var/lib/agent"}


def place():
    try:
        with open(PLACE, encoding="utf-8") as file:
            return int(file.read())
    except FileNotFoundError:
        return 0


def delivered(line):
    try:
        found = json.loads(line)
        return found["event"] == "governance.heartbeat" and found["outcome"] == "delivered"
    except (ValueError, KeyError, TypeError):
        return False


def heartbeats():
    if not os.path.exists(LOG):
        return 0, 0
    with open(LOG, "rb") as log:
        before = place()
        log.seek(before if before <= os.fstat(log.fileno()).st_size else 0)
        return sum(delivered(line) for line in log), log.tell()


def used(path):
    volume = os.statvfs(path)
    return 100 * (1 - volume.f_bavail / volume.f_blocks)


count, after = heartbeats()
values = [("DiskUtilization", used(path), {"volume": name}) for name, path in VOLUMES.items()]
if count:
    values.append(("Heartbeats", count, {}))
cloud.measured(sys.argv[1], values, {"agentId": sys.argv[2]})
with open(PLACE, "w", encoding="utf-8") as file:
    file.write(str(after))
`;
