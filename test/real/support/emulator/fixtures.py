"""What an account has before anything is deployed, and moto does not: Canonical's machine images and the user's DNS zones."""

import json
import os

from moto.route53.models import FakeZone, Route53Backend
from moto.ssm import models as ssm

UBUNTU = "/aws/service/canonical/ubuntu/server/"
AMAZON_LINUX = "/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-"


def answer_ubuntu_image_parameters() -> None:
    """moto knows Amazon's public image parameters only: Canonical's are answered with Amazon Linux of the same architecture."""
    parameters = ssm.ParameterDict
    get, has = parameters.__getitem__, parameters.__contains__

    def stand_in(name: object) -> object:
        if isinstance(name, str) and name.startswith(UBUNTU):
            return AMAZON_LINUX + ("arm64" if "/arm64/" in name else "x86_64")
        return name

    parameters.__getitem__ = lambda self, name: get(self, stand_in(name))
    parameters.__contains__ = lambda self, name: has(self, stand_in(name))


def own_zones(zones: dict[str, str]) -> None:
    """DNS zones that the user brings: name by id."""
    find = Route53Backend.get_hosted_zone

    def find_or_adopt(self, id_: str) -> FakeZone:
        zone = id_.replace("/hostedzone/", "")
        if zone in zones:
            self.zones.setdefault(zone, FakeZone(f"{zones[zone]}.", zone, False, "fixture"))
        return find(self, id_)

    Route53Backend.get_hosted_zone = find_or_adopt


def install() -> None:
    answer_ubuntu_image_parameters()
    own_zones(json.loads(os.environ.get("FIXTURE_ZONES", "{}")))
