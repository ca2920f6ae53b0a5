"""What an account has before anything is deployed, and moto does not: Canonical's machine images and the user's DNS zones."""

from moto.route53.exceptions import NoSuchHostedZone
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


def own_every_zone() -> None:
    """A DNS zone is the user's and is named by its id: whichever is asked for exists until it is deleted."""
    delete = Route53Backend.delete_hosted_zone
    deleted: set[str] = set()

    def get_or_adopt(self, id_: str) -> FakeZone:
        name = id_.replace("/hostedzone/", "")
        if name in deleted:
            raise NoSuchHostedZone(id_)
        return self.zones.setdefault(name, FakeZone(f"{name.lower()}.test.", name, False, "fixture"))

    def delete_for_good(self, id_: str) -> FakeZone | None:
        zone = delete(self, id_)
        deleted.add(id_.replace("/hostedzone/", ""))
        return zone

    Route53Backend.get_hosted_zone, Route53Backend.delete_hosted_zone = get_or_adopt, delete_for_good


def install() -> None:
    answer_ubuntu_image_parameters()
    own_every_zone()
