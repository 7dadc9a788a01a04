"""Fields, constraints and querysets. Who may see a row is in permissions, who writes it in actions."""

from observations.models.access import Device, Invitation, SharedCache
from observations.models.alliance import (
    Answer,
    AnswerKind,
    Body,
    Commitment,
    Contact,
    NeedRequest,
    Reminder,
    RequestLink,
)
from observations.models.diagnosis import Contribution, Diagnosis, DiagnosisNeed, DiagnosisQuote
from observations.models.giving_back import Edition, GivingBack, Telling
from observations.models.hit import HitReview
from observations.models.journal import JournalEntry
from observations.models.meeting import (
    Decision,
    Meeting,
    MeetingKind,
    MeetingNeed,
    MeetingQuote,
    Scheme,
    Sequence,
)
from observations.models.need import Changed, Need, NeedChange, NeedLink, NeedState, Stance
from observations.models.observation import (
    Agreement,
    Change,
    Nature,
    Observation,
    People,
    PlaceKind,
    Precision,
    Status,
    Tombstone,
)
from observations.models.offer import Offer
from observations.models.people import Role, User
from observations.models.place import Colour, Icon, Neighbourhood, Territory, Theme
from observations.models.programme import Action, ActionImport, Evaluation, Said
from observations.models.saved import SavedFilter
from observations.models.scene import SeparateScenes
from observations.models.sharing import ApiToken, ShareLink
from observations.models.summary import Summary, SummaryQuote

__all__ = [
    "Action",
    "ActionImport",
    "Agreement",
    "Answer",
    "AnswerKind",
    "ApiToken",
    "Body",
    "Change",
    "Changed",
    "Colour",
    "Commitment",
    "Contact",
    "Contribution",
    "Decision",
    "Device",
    "Diagnosis",
    "DiagnosisNeed",
    "DiagnosisQuote",
    "Edition",
    "Evaluation",
    "GivingBack",
    "HitReview",
    "Icon",
    "Invitation",
    "JournalEntry",
    "Meeting",
    "MeetingKind",
    "MeetingNeed",
    "MeetingQuote",
    "Nature",
    "Need",
    "NeedChange",
    "NeedLink",
    "NeedRequest",
    "NeedState",
    "Neighbourhood",
    "Observation",
    "Offer",
    "People",
    "PlaceKind",
    "Precision",
    "Reminder",
    "RequestLink",
    "Role",
    "Said",
    "SavedFilter",
    "Scheme",
    "SeparateScenes",
    "Sequence",
    "ShareLink",
    "SharedCache",
    "Stance",
    "Status",
    "Summary",
    "SummaryQuote",
    "Telling",
    "Territory",
    "Theme",
    "Tombstone",
    "User",
]
