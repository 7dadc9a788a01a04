"""Who sees what and who decides what. Reads only; every view goes through here.

What each role may is one table, in privacy/rights.py; here it meets an account and its neighbourhoods.

Somebody else's row is absent from these querysets, so asking for it answers 404. A page
that a role has no use for answers 403, with a way back.
"""

import time
from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar
from urllib.parse import urlsplit

from allauth.account.authentication import get_authentication_records
from allauth.core.exceptions import ReauthenticationRequired
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponseBase
from django.utils.http import url_has_allowed_host_and_scheme

from observations.models import (
    ApiToken,
    Contribution,
    GivingBack,
    Invitation,
    JournalEntry,
    Need,
    NeedLink,
    NeedRequest,
    Neighbourhood,
    Observation,
    RequestLink,
    Role,
    ShareLink,
    Summary,
    Telling,
    User,
)
from observations.models.alliance import NeedRequestQuerySet
from observations.models.giving_back import GivingBackQuerySet
from observations.models.journal import JournalEntryQuerySet
from observations.models.need import NeedQuerySet
from observations.models.observation import ObservationQuerySet
from observations.models.place import NeighbourhoodQuerySet
from observations.models.sharing import hashed, usable
from observations.models.summary import SummaryQuerySet
from observations.privacy import rights
from observations.privacy.rights import TWO_FACTORS, Reach, Thing

# How long a proof of identity counts as recent, in seconds.
RECENT = 10 * 60
# Where an account of this request remembers whether it is limited.
LIMITED = "_limited"

Somebody = User | AnonymousUser
Predicate = Callable[[Somebody], bool]
View = Callable[..., HttpResponseBase]
Row = TypeVar("Row", User, Invitation)


class SignedInRequest(HttpRequest):
    """The request of a view behind `require`: somebody is signed in. For type checkers only."""

    user: User


def _role(user: Somebody) -> str:
    return user.role if isinstance(user, User) and user.is_active else ""


def _may(user: Somebody, thing: Thing) -> bool:
    """What the table (privacy.rights) gives this account, its neighbourhoods counted in."""
    return reach(user, thing) is not Reach.NO


def reach(user: Somebody, thing: Thing) -> Reach:
    """How far this account goes with `thing`."""
    role = _role(user)
    given = rights.reach(role, thing, limited=False)
    if given is Reach.WHOLE and isinstance(user, User):
        # Nobody in particular (the pages that a phone keeps): what everybody of the role may.
        return rights.reach(role, thing, limited=user.pk is None or _is_limited(user))
    return given


def _is_limited(user: User) -> bool:
    """Whether this account works in some neighbourhoods only; asked once a request, however many places a page has."""
    if not hasattr(user, LIMITED):
        setattr(user, LIMITED, user.neighbourhoods.exists())
    return bool(getattr(user, LIMITED))


def can_capture(user: Somebody) -> bool:
    """Writes observations; a CDSU does so from a paper notebook."""
    return _may(user, Thing.CAPTURE)


def can_follow_own(user: Somebody) -> bool:
    """Has a page of their own observations and what became of them."""
    return _may(user, Thing.FOLLOW)


def can_review(user: Somebody) -> bool:
    """Reads others' words, and decides on them."""
    return reach(user, Thing.RAW) is Reach.NEIGHBOURHOODS


def can_see_map(user: Somebody) -> bool:
    """Sees where observations were heard; the outlines alone are open to every account."""
    return reach(user, Thing.MAP) is Reach.NEIGHBOURHOODS


def can_see_counts(user: Somebody) -> bool:
    """Sees how much was heard in each neighbourhood, and nothing of what."""
    return reach(user, Thing.MAP) is Reach.COUNTS


def can_see_places(user: Somebody) -> bool:
    """Has a map of some kind: the review's, counts, or what was published."""
    return _may(user, Thing.MAP)


def can_ask_for_author(user: Somebody) -> bool:
    """Is shown who wrote an observation, once, with a reason that the journal keeps."""
    return reach(user, Thing.AUTHOR) is Reach.ON_REQUEST


def can_export_words(user: Somebody) -> bool:
    """Takes raw words out: with a recent proof of who they are, and a reason that the journal keeps."""
    return _may(user, Thing.EXPORT)


def can_read_journal(user: Somebody) -> bool:
    return _may(user, Thing.JOURNAL)


def can_set_reference(user: Somebody) -> bool:
    """Names the territory, imports neighbourhoods: the administration."""
    return _may(user, Thing.REFERENCE)


def can_write_summaries(user: Somebody) -> bool:
    """A synthèse speaks of the whole territory: who is limited to some neighbourhoods reads it only."""
    return _may(user, Thing.PUBLISH)


def can_read_drafts(user: Somebody) -> bool:
    return _may(user, Thing.DRAFTS)


def can_make_needs(user: Somebody) -> bool:
    """Joins observations into needs, and follows them."""
    return reach(user, Thing.NEEDS) is Reach.NEIGHBOURHOODS


def can_answer_requests(user: Somebody) -> bool:
    """Answers, with an account, what is asked of their body."""
    return _may(user, Thing.ANSWER)


def requests_addressed_to(user: User) -> NeedRequestQuerySet:
    """What stands and was asked of the contact whose address this account has (it was verified at sign-in)."""
    if not can_answer_requests(user):
        return NeedRequest.objects.none()
    return NeedRequest.objects.standing().filter(contact__email__iexact=user.email, contact__active=True)


def can_tell(user: Somebody) -> bool:
    """Tells residents what came of what they said, from a card."""
    return _may(user, Thing.TELL)


def can_write_diagnoses(user: Somebody) -> bool:
    """Writes and publishes the shared diagnosis of a neighbourhood, of their own if limited."""
    return reach(user, Thing.DIAGNOSIS) is Reach.NEIGHBOURHOODS


def can_add_to_diagnoses(user: Somebody) -> bool:
    """Says, for an association, that it sees it too, or otherwise."""
    return _may(user, Thing.ADDING)


def can_hold_meetings(user: Somebody) -> bool:
    """Prepares meetings, which cross the whole territory, and notes what they decide."""
    return _may(user, Thing.MEETINGS)


def can_see_actions(user: Somebody) -> bool:
    """Reads the programme, and what may be said of what residents think of it."""
    return _may(user, Thing.ACTIONS)


def can_keep_programme(user: Somebody) -> bool:
    """Adds, changes and imports funded actions."""
    return _may(user, Thing.PROGRAMME)


def can_evaluate(user: Somebody) -> bool:
    """Notes what residents say of an action."""
    return _may(user, Thing.EVALUATE)


def can_open_council(user: Somebody) -> bool:
    """Has the four doors of the residents' council."""
    return _may(user, Thing.COUNCIL)


def must_accept_charter(user: Somebody) -> bool:
    """A member of the council who has not accepted the charter yet: nothing else opens."""
    return isinstance(user, User) and can_open_council(user) and user.charter_on is None


def can_answer_offers(user: Somebody) -> bool:
    """Answers the hands that the council offers."""
    return _may(user, Thing.OFFERS)


def can_edit_themes(user: Somebody) -> bool:
    return _may(user, Thing.THEMES)


def can_read_summaries(user: Somebody) -> bool:
    return _may(user, Thing.SUMMARIES)


def can_manage_accounts(user: Somebody) -> bool:
    """Invites, closes, opens again, resets a lost second factor."""
    return _may(user, Thing.ACCOUNTS)


def invitable_roles(user: User) -> list[Role]:
    """A CDSU makes no administrator: it would be a way to more than one's own rights."""
    if not can_manage_accounts(user):
        return []
    return [role for role in Role if role != Role.ADMIN or _role(user) == Role.ADMIN]


def must_limit_invitations(user: User) -> bool:
    """Whoever works in some neighbourhoods invites there and nowhere else."""
    return user.neighbourhoods.exists()


def manageable_accounts(user: User) -> QuerySet[User]:
    """Everybody but oneself; for a CDSU no administrator, and within their neighbourhoods if limited."""
    if not can_manage_accounts(user):
        return User.objects.none()
    return _within_reach(user, User.objects.exclude(pk=user.pk))


def manageable_invitations(user: User) -> QuerySet[Invitation]:
    """Those not taken up yet, with the same bounds."""
    if not can_manage_accounts(user):
        return Invitation.objects.none()
    return _within_reach(user, Invitation.objects.waiting())


def _within_reach(user: User, rows: QuerySet[Row]) -> QuerySet[Row]:
    """Of rows with a role and neighbourhoods, those that this person answers for."""
    if _role(user) == Role.ADMIN:
        return rows
    rows = rows.exclude(role=Role.ADMIN)
    if not user.neighbourhoods.exists():
        return rows
    elsewhere = Neighbourhood.objects.exclude(pk__in=user.neighbourhoods.values("pk"))
    inside = rows.model._default_manager.filter(neighbourhoods__in=user.neighbourhoods.values("pk"))
    outside = rows.model._default_manager.filter(neighbourhoods__in=elsewhere)
    return rows.filter(pk__in=inside.values("pk")).exclude(pk__in=outside.values("pk"))


def require(predicate: Predicate, otherwise: str = "") -> Callable[[View], View]:
    """View decorator: signs in first, then 403 unless `predicate(user)`; `otherwise` says why, in French."""

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if not request.user.is_authenticated:
                return redirect_to_login(_page_to_come_back_to(request))
            if not predicate(request.user):
                raise PermissionDenied(otherwise)
            return view(request, *args, **kwargs)

        return guarded

    return decorate


def must_have_second_factor(user: Somebody) -> bool:
    """Who reads what was confided, or opens accounts, signs in twice; in the demonstration it is offered only."""
    return not settings.DEMO and _role(user) in TWO_FACTORS


def has_second_factor(request: HttpRequest) -> bool:
    """Whether this session gave one: a passkey (which is both factors at once), an app's code, a recovery code."""
    return bool(_proofs(request, "mfa"))


def lacks_second_factor(request: HttpRequest) -> bool:
    """Whoever lacks one reaches nothing but the pages that set it up or ask for it."""
    return must_have_second_factor(request.user) and not has_second_factor(request)


def has_recent_sign_in(request: HttpRequest) -> bool:
    """Whether whoever is here has just proved it: by the second factor where one was given, else by signing in.

    The demonstration asks for what was set up and nothing else: its password is public.
    """
    strong = has_second_factor(request)
    if settings.DEMO and not strong:
        return request.user.is_authenticated
    return any(time.time() - proof["at"] < RECENT for proof in _proofs(request, "mfa" if strong else ""))


def has_recent_factor(request: HttpRequest) -> bool:
    """The same, with the second factor of whoever owes one: for what takes raw words out."""
    return not lacks_second_factor(request) and has_recent_sign_in(request)


def require_recent(proved: Callable[[HttpRequest], bool]) -> Callable[[View], View]:
    """View decorator, under `require`: asks again who is here unless `proved(request)`, then goes on.

    A form that was sent meanwhile is kept in the session and taken up afterwards.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if not proved(request):
                raise ReauthenticationRequired  # allauth's middleware leads to the page that asks
            return view(request, *args, **kwargs)

        return guarded

    return decorate


require_recent_sign_in = require_recent(has_recent_sign_in)
require_recent_factor = require_recent(has_recent_factor)


def _proofs(request: HttpRequest, method: str) -> list[dict[str, Any]]:
    """How and when this session proved whose it is; `method` empty: in any way."""
    if not isinstance(request.user, User):
        return []
    proofs = get_authentication_records(request, request.user)
    return [proof for proof in proofs if method in {"", proof["method"]}]


def _page_to_come_back_to(request: HttpRequest) -> str:
    """The page asked for; for a form that was sent, the page that held it: its address may take POST alone."""
    if request.method in {"GET", "HEAD"}:
        return request.get_full_path()
    page = request.headers.get("Referer", "")
    if not url_has_allowed_host_and_scheme(page, {request.get_host()}, require_https=request.is_secure()):
        return "/"
    return urlsplit(page)._replace(scheme="", netloc="", fragment="").geturl() or "/"


def neighbourhoods_for(user: User) -> NeighbourhoodQuerySet:
    """Active neighbourhoods that this account works in: its own list, else all of them."""
    everywhere = Neighbourhood.objects.active()
    own = user.neighbourhoods.values("pk")
    return everywhere.filter(pk__in=own) if own.exists() else everywhere


def own_observations(user: User) -> ObservationQuerySet:
    """What this person wrote, or noted on paper for a CDSU to type in."""
    if not can_capture(user):
        return Observation.objects.none()
    return Observation.objects.filter(Q(author=user) | Q(noted_by=user))


def needs_of_own(user: User) -> QuerySet[NeedLink]:
    """The links that put this person's own observations in needs.

    They read its title, its state, and why it stays without follow-up; nothing else of it.
    """
    standing = NeedLink.objects.filter(unlinked_at=None, need__merged_into=None)
    return standing.filter(observation__in=own_observations(user).values("pk")).select_related(
        "need__giving_back"
    )


def reviewable_observations(user: User) -> ObservationQuerySet:
    """What a CDSU reads and decides on: the whole territory or their neighbourhoods.

    A neighbourhood that left the official list keeps its observations in sight.
    """
    if not can_review(user):
        return Observation.objects.none()
    own = user.neighbourhoods.values("pk")
    return Observation.objects.filter(neighbourhood__in=own) if own.exists() else Observation.objects.all()


def readable_needs(user: User) -> NeedQuerySet:
    """Needs of the territory; for a limited account, those that stand within its neighbourhoods alone.

    Those of no neighbourhood speak of the whole territory, and are not for a limited account.
    """
    if not can_make_needs(user):
        return Need.objects.none()
    own = user.neighbourhoods.values("pk")
    if not own.exists():
        return Need.objects.all()
    elsewhere = Neighbourhood.objects.exclude(pk__in=own).values("pk")
    outside = Need.objects.filter(neighbourhoods__in=elsewhere)
    # An observation may have been sorted elsewhere since it was linked.
    heard = NeedLink.objects.filter(unlinked_at=None, observation__neighbourhood__in=elsewhere)
    inside = Need.objects.filter(neighbourhoods__in=own)
    within = Need.objects.filter(pk__in=inside.values("pk"))
    return within.exclude(pk__in=outside.values("pk")).exclude(pk__in=heard.values("need"))


def readable_requests(user: User) -> NeedRequestQuerySet:
    """What was asked for the needs that this person reads."""
    return NeedRequest.objects.filter(need__in=readable_needs(user).values("pk"))


def request_opened_by_link(token: str) -> RequestLink | None:
    """The link that this token opens, None when it is unknown, expired or revoked."""
    links = RequestLink.objects.select_related("request__contact__body")
    return links.filter(usable(), token_hash=hashed(token), request__withdrawn_at=None).first()


def told_under(code: str) -> GivingBack | None:
    """What residents may read under that address, None when it opens nothing (any more)."""
    return GivingBack.objects.open().filter(code=code).first()


def tellable(user: User) -> GivingBackQuerySet:
    """What this person tells residents: published, of their neighbourhoods or of the whole territory."""
    if not can_tell(user):
        return GivingBack.objects.none()
    return GivingBack.objects.open().about(neighbourhoods_for(user))


def own_tellings(user: User) -> QuerySet[Telling]:
    """What this person noted as told."""
    if not can_tell(user):
        return Telling.objects.none()
    return Telling.objects.filter(told_by=user).select_related("giving_back")


def contributions_to_read(user: User) -> QuerySet[Contribution]:
    """What associations added to the diagnoses of this person's neighbourhoods."""
    if not can_write_diagnoses(user):
        return Contribution.objects.none()
    return Contribution.objects.filter(diagnosis__neighbourhood__in=neighbourhoods_for(user).values("pk"))


def readable_journal(user: User) -> JournalEntryQuerySet:
    """The journal as a CDSU reads it; who is limited to some neighbourhoods reads no line about an
    observation that stood elsewhere."""
    lines = JournalEntry.objects.all()
    if not can_read_journal(user):
        return lines.none()
    own = user.neighbourhoods.values("pk")
    if not own.exists():
        return lines
    elsewhere = JournalEntry.objects.about_observations().filter(neighbourhood=None).values("pk")
    return lines.filter(Q(neighbourhood=None) | Q(neighbourhood__in=own)).exclude(pk__in=elsewhere)


def can_share(user: Somebody) -> bool:
    """Gives links and tokens that open what is published, without an account."""
    return can_write_summaries(user)


def opened_by_link(token: str) -> ShareLink | None:
    """The link that this token opens, None when it is unknown, expired or revoked."""
    return ShareLink.objects.select_related("summary").filter(usable(), token_hash=hashed(token)).first()


def opened_by_token(token: str) -> ApiToken | None:
    """The API token of that text, None when it is unknown, expired or revoked."""
    return ApiToken.objects.filter(usable(), token_hash=hashed(token)).first()


def latest_summaries() -> SummaryQuerySet:
    """What a reader without an account may get: of each month, the version that stands."""
    return Summary.objects.published().latest_versions()


def readable_summaries(user: Somebody) -> SummaryQuerySet:
    """Drafts and every version for a CDSU; published ones for partners."""
    if can_read_drafts(user):
        return Summary.objects.all()
    return Summary.objects.published() if can_read_summaries(user) else Summary.objects.none()
