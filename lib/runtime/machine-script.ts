/**
 * Brings a machine to its settings. It runs on the distribution's own Python with nothing but its standard library, and with a module
 * `cloud` beside it that a provider brings: `settings()` the document, `secret(reference)` a value, `device(volume)` the path of a volume,
 * `download(url, path)` an archive, and its own kinds of URL. A URL `npm:<package>@<version>` is a package as npm packs it.
 *
 * `settings` writes environment and key to memory and tries until it succeeds; `data` makes a file system on the data volume when nothing
 * at all is on it; `software` installs archives whose digest is right; `refresh` does the first and, when something has changed, the third
 * and restarts the units.
 */
export const MACHINE_SCRIPT = `"""Brings this machine to its settings: python3 machine.py settings|data|software|refresh"""
import grp
import hashlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time

import cloud

AGENT = "/run/agent"
GOVERNANCE = "/run/governance"
SOFTWARE = "/opt/software"
COMMANDS = "/usr/bin"


def write(path, text, mode=0o400, group="root"):
    with open(os.open(path + ".new", os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        file.write(text)
        os.fchown(file.fileno(), 0, grp.getgrnam(group).gr_gid)
        os.fchmod(file.fileno(), mode)
    os.replace(path + ".new", path)


def quoted(value):
    for character in '\\\\"\`$':
        value = value.replace(character, "\\\\" + character)
    return '"' + value + '"'


def environment(values):
    return "".join(f"{name}={quoted(value)}\\n" for name, value in sorted(values.items()))


def database_environment(database):
    if "password" in database:
        return {**database["environment"], "DATABASE_PASSWORD": cloud.secret(database["password"])}
    user = json.loads(cloud.secret(database["secret"]))
    return {**database["environment"], "DATABASE_USER": user["username"], "DATABASE_PASSWORD": user["password"]}


def settings():
    wanted = cloud.settings()
    common = database_environment(wanted["database"]) if "database" in wanted else {}
    common.update(wanted["environment"])
    common.update({name: cloud.secret(reference) for name, reference in wanted["secrets"].items()})
    governance = wanted["governance"]
    write(f"{GOVERNANCE}/key", cloud.secret(governance["keySecret"]), 0o440, "governance")
    write(f"{GOVERNANCE}/environment", environment(governance["environment"]))
    for name, own in wanted["units"].items():
        write(f"{AGENT}/{name}.environment", environment({**common, **own}))
    write(f"{AGENT}/software.json", json.dumps(wanted["software"]))
    write(f"{AGENT}/device", cloud.device(wanted["dataVolume"]))


def read(path):
    with open(path, encoding="utf-8") as file:
        return file.read()


def data():
    device = read(f"{AGENT}/device")
    while not os.path.exists(device):
        time.sleep(2)
    with open(device, "rb") as disk:
        blank = not any(disk.read(1 << 20))
    if blank:
        subprocess.run(["mkfs.ext4", "-q", "-L", "agent-data", device], check=True)


def link(target, path):
    if os.path.islink(path + ".new"):
        os.remove(path + ".new")
    os.symlink(target, path + ".new")
    os.replace(path + ".new", path)


def fetch(url, packed):
    kind, _, rest = url.partition(":")
    if kind != "npm":
        cloud.download(url, packed)
        return
    with tempfile.TemporaryDirectory() as folder:
        command = [f"{COMMANDS}/npm", "pack", "--silent", "--ignore-scripts", "--cache", f"{folder}/cache", "--pack-destination", folder, rest]
        name = subprocess.run(command, check=True, cwd=folder, env={"HOME": folder, "PATH": COMMANDS}, stdout=subprocess.PIPE, text=True).stdout
        shutil.move(f"{folder}/{name.strip()}", packed)


def install(name, archive):
    folder = f"{SOFTWARE}/{name}-{archive['sha256']}"
    if not os.path.isdir(folder):
        packed, unpacked = folder + ".archive", folder + ".new"
        fetch(archive["url"], packed)
        with open(packed, "rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
        if digest != archive["sha256"]:
            os.remove(packed)
            raise ValueError(f"{archive['url']} has the digest {digest}, not {archive['sha256']}")
        shutil.rmtree(unpacked, ignore_errors=True)
        os.makedirs(unpacked)
        strip = f"--strip-components={archive['stripComponents']}"
        subprocess.run(["tar", "-xf", packed, "-C", unpacked, strip, "--no-same-owner", "--no-same-permissions"], check=True)
        os.remove(packed)
        os.replace(unpacked, folder)
    before = os.path.realpath(archive["path"])
    link(folder, archive["path"])
    for command, file in archive["commands"].items():
        link(f"{folder}/{file}", f"{COMMANDS}/{command}")
    for other in os.listdir(SOFTWARE):
        old = f"{SOFTWARE}/{other}"
        if other.rpartition("-")[0] == name and old not in (folder, before):
            shutil.rmtree(old, ignore_errors=True)


def state():
    files = [f"{GOVERNANCE}/environment", *(f"{AGENT}/{name}" for name in sorted(os.listdir(AGENT)) if name != "applied")]
    return hashlib.sha256("".join(path + read(path) for path in files).encode()).hexdigest()


def install_all():
    os.makedirs(SOFTWARE, exist_ok=True)
    for name, archive in json.loads(read(f"{AGENT}/software.json")).items():
        install(name, archive)


def software():
    install_all()
    write(f"{AGENT}/applied", state())


def refresh():
    settings()
    if state() != read(f"{AGENT}/applied"):
        install_all()
        subprocess.run(["systemctl", "restart", "agent.target"], check=True)
        write(f"{AGENT}/applied", state())


def patiently(action):
    pause = 1
    while True:
        try:
            return action()
        except Exception as error:
            print(f"{action.__name__}: {type(error).__name__}: {error}; again in {pause} s", file=sys.stderr, flush=True)
            time.sleep(pause)
            pause = min(60, pause * 2)


if __name__ == "__main__":
    task = {"settings": settings, "data": data, "software": software, "refresh": refresh}[sys.argv[1]]
    task() if task is refresh else patiently(task)
`;
