"""Test rows, each valid on its own."""

import uuid
from datetime import timedelta

import factory
from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.utils import timezone

from observations import geo, models, words
from observations.models import Role


class UserFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.User
        skip_postgeneration_save = True

    email = factory.Sequence(lambda n: f"personne{n}@example.test")
    role = Role.AGENT
    # Outside the demonstration nobody has one.
    password = UNUSABLE_PASSWORD_PREFIX
    is_staff = factory.LazyAttribute(lambda user: user.role == Role.ADMIN)
    charter_on = factory.LazyAttribute(
        lambda user: timezone.localdate() if user.role == Role.COUNCIL else None
    )

    @factory.post_generation
    def neighbourhoods(self, create, extracted, **kwargs):
        if create and extracted:
            self.neighbourhoods.set(extracted)


class NeighbourhoodFactory(factory.django.DjangoModelFactory):
    """A square of 0.01 degree a side whose south-west corner is (`south`, `west`)."""

    class Meta:
        model = models.Neighbourhood

    code = factory.Sequence(lambda n: f"QN59{n:03d}M")
    name = factory.Sequence(lambda n: f"Quartier {n}")
    communes = [{"insee": "59183", "name": "Dunkerque"}]
    west = 2.3563
    south = 51.0233
    east = factory.LazyAttribute(lambda square: square.west + 0.01)
    north = factory.LazyAttribute(lambda square: square.south + 0.01)
    boundary = factory.LazyAttribute(
        lambda s: {
            "type": "Polygon",
            "coordinates": [
                [
                    [s.west, s.south],
                    [s.east, s.south],
                    [s.east, s.north],
                    [s.west, s.north],
                    [s.west, s.south],
                ]
            ],
        }
    )
    source = "dessin d’essai"


def theme(slug: str = "logement-ascenseurs") -> models.Theme:
    return models.Theme.objects.get(slug=slug)


class ObservationFactory(factory.django.DjangoModelFactory):
    """Words heard yesterday, agreed to be quoted, to be read. `point=(lat, lon)` places it."""

    class Meta:
        model = models.Observation
        exclude = ["point"]

    class Params:
        accepted = factory.Trait(
            status=models.Status.ACCEPTED,
            status_by=factory.SubFactory(UserFactory, role=Role.CDSU),
            status_at=factory.LazyFunction(timezone.now),
        )

    point = None
    id = factory.LazyFunction(uuid.uuid4)
    neighbourhood = factory.SubFactory(NeighbourhoodFactory)
    theme = factory.LazyFunction(theme)
    nature = models.Nature.CONCERN
    words = factory.Sequence(lambda n: f"L’ascenseur est en panne, fois {n}.")
    words_exact = True
    agreement = factory.LazyAttribute(
        lambda o: models.Agreement.YES if o.words else models.Agreement.NOTHING_SAID
    )
    stems = factory.LazyAttribute(lambda o: words.column([o.words]))
    precision = factory.LazyAttribute(lambda o: "lieu" if o.point else "quartier")
    latitude = factory.LazyAttribute(lambda o: o.point[0] if o.point else None)
    longitude = factory.LazyAttribute(lambda o: o.point[1] if o.point else None)
    tile_x = factory.LazyAttribute(lambda o: geo.tile(*o.point)[0] if o.point else None)
    tile_y = factory.LazyAttribute(lambda o: geo.tile(*o.point)[1] if o.point else None)
    cell_row = factory.LazyAttribute(lambda o: geo.cell(*o.point)[0] if o.point else None)
    cell_col = factory.LazyAttribute(lambda o: geo.cell(*o.point)[1] if o.point else None)
    observed_on = factory.LazyFunction(lambda: timezone.localdate() - timedelta(days=1))
    captured_at = factory.LazyFunction(lambda: timezone.now() - timedelta(hours=20))
    author = factory.SubFactory(UserFactory)
    digest = factory.Sequence(lambda n: f"{n:043d}=")


class BodyFactory(factory.django.DjangoModelFactory):
    """A landlord of the whole territory."""

    class Meta:
        model = models.Body

    name = factory.Sequence(lambda n: f"Bailleur {n}")
    kind = "bailleur"


class ContactFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.Contact

    body = factory.SubFactory(BodyFactory)
    name = factory.Sequence(lambda n: f"Contact {n}")
    duty = "responsable de secteur"
    email = factory.Sequence(lambda n: f"contact{n}@bailleur.example")


TOLD = {
    "headline": "Les ascenseurs : une date à chaque panne",
    "heard": "Les pannes durent trop longtemps.",
    "done": "Une affiche est posée à chaque panne.",
    "where": "À la maison de quartier",
}


class GivingBackFactory(factory.django.DjangoModelFactory):
    """What residents were told of a need: published, one edition."""

    class Meta:
        model = models.GivingBack
        skip_postgeneration_save = True

    written_by = factory.SubFactory(UserFactory, role=models.Role.CDSU)
    published_at = factory.LazyFunction(timezone.now)
    headline = TOLD["headline"]
    heard = TOLD["heard"]
    done = TOLD["done"]
    where = TOLD["where"]

    @factory.post_generation
    def edition(self, create, extracted, **kwargs):
        models.Edition.objects.create(
            giving_back=self,
            number=1,
            places=[place.short_name for place in self.need.neighbourhoods.all()],
            published_by=self.written_by,
            **TOLD,
        )


class DiagnosisFactory(factory.django.DjangoModelFactory):
    """A published number, or with `published=False` its draft."""

    class Meta:
        model = models.Diagnosis

    class Params:
        published = True

    number = 1
    written_by = factory.SubFactory(UserFactory, role=models.Role.CDSU)
    introduction = "Un quartier où l’on se parle."
    published_by = factory.LazyAttribute(lambda o: o.written_by if o.published else None)
    published_at = factory.LazyAttribute(lambda o: timezone.now() if o.published else None)
    content = factory.LazyAttribute(
        lambda o: (
            {
                "format": 1,
                "title": "Diagnostic partagé",
                "neighbourhood": {"code": o.neighbourhood.code, "name": o.neighbourhood.name, "communes": ""},
                "number": o.number,
                "period": "du 1er au 28 novembre 2026",
                "published": "28 novembre 2026",
                "introduction": o.introduction,
                "strengths": "",
                "funded": "",
                "blind_spots": "",
                "needs": [],
                "quotes": [],
                "silent": [],
                "method": [],
            }
            if o.published
            else None
        )
    )
