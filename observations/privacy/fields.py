"""The privacy class of every field of every table: one place, and a test that it is complete.

`public`    may be shown to anybody who reads the application
`internal`  seen by the people whose work needs it, never published
`raw`       residents' words, exact places, what a worker makes of them: author and CDSU only
`secret`    keys, tokens, who wrote: shown to nobody by default
"""

from typing import Final, Literal

PrivacyClass = Literal["public", "internal", "raw", "secret"]

FIELDS: Final[dict[str, dict[PrivacyClass, str]]] = {
    "observations.Territory": {
        "public": (
            "id name siren threshold banner controller dpo texts_months flagged_days flagged_grace_days"
            " account_warning_months account_closing_months account_forgetting_months"
            " corrections_months ended_keys_days"
        )
    },
    "observations.Neighbourhood": {
        "public": "id code name communes generation boundary west south east north source active updated_at"
    },
    "observations.Theme": {"public": "id slug name short_name parent colour icon rank active"},
    "observations.User": {
        "internal": "id role is_active is_staff created_at neighbourhoods last_used_month warned_on charter_on",
        "secret": "email name password last_login",
    },
    "observations.User_neighbourhoods": {"internal": "id user neighbourhood"},
    "observations.Observation": {
        "internal": (
            "id neighbourhood theme nature words_exact place_kind precision people agreement"
            " observed_on captured_at received_at form_version status status_at revision reminded_on emptied_on"
        ),
        "raw": (
            "words seen reading public_text stems latitude longitude place_label tile_x tile_y cell_row"
            " cell_col status_reason"
        ),
        # The checksum of what was received would confirm a guess of the words.
        "secret": "author noted_by status_by digest",
    },
    "observations.Change": {
        "internal": "id observation kind at batch undone_at",
        "raw": "before after note",
        "secret": "by",
    },
    "observations.HitReview": {
        "internal": "id observation summary field kind at undone_at",
        "secret": "by fingerprint",
    },
    "observations.Tombstone": {"internal": "id reason deleted_at"},
    "observations.Summary": {
        "public": "id month version status reason published_at content pdf",
        "internal": "introduction comments created_at updated_at",
        "secret": "created_by published_by",
    },
    "observations.SummaryQuote": {"internal": "id summary observation position"},
    "observations.JournalEntry": {"internal": "id at verb subject neighbourhood reason", "secret": "by"},
    "observations.ShareLink": {
        "internal": "id label created_at expires_at revoked_at opened_at summary",
        "secret": "token_hash created_by",
    },
    "observations.ApiToken": {
        "internal": "id label created_at expires_at revoked_at opened_at",
        "secret": "token_hash created_by",
    },
    "observations.Invitation": {
        "internal": "id role neighbourhoods created_at expires_at accepted_at revoked_at",
        "secret": "token_hash email invited_by account",
    },
    "observations.Invitation_neighbourhoods": {"internal": "id invitation neighbourhood"},
    "observations.Need": {
        "internal": (
            "id theme neighbourhoods priority state merged_into created_at changed_at revision observations"
        ),
        # Said in the residents' words.
        "raw": "title description under_way state_reason",
        "secret": "created_by",
    },
    "observations.Need_neighbourhoods": {"internal": "id need neighbourhood"},
    "observations.NeedLink": {
        "internal": "id need observation stance changed linked_at unlinked_at",
        "secret": "linked_by unlinked_by",
    },
    # Staff, for what their work is; a request says in its own words what is asked.
    "observations.Body": {"internal": "id name kind competences neighbourhoods active"},
    "observations.Body_neighbourhoods": {"internal": "id body neighbourhood"},
    "observations.Contact": {"internal": "id body duty active", "secret": "name email"},
    "observations.NeedRequest": {
        "internal": "id need body contact channel asked due created_at withdrawn_at",
        "secret": "created_by",
    },
    "observations.Answer": {
        "internal": "id request kind words expertise at",
        "secret": "by_contact by_user",
    },
    "observations.Commitment": {
        "internal": "id request what due created_at kept_on given_up_on proof",
        "secret": "owner",
    },
    "observations.Reminder": {"internal": "id body week"},
    "observations.RequestLink": {
        "internal": "id label created_at expires_at revoked_at opened_at request",
        "secret": "token_hash created_by",
    },
    "observations.NeedChange": {
        "internal": "id need kind at batch links undone_at",
        "raw": "before after",
        "secret": "by",
    },
    # A draft may still say what nobody may read; an edition was checked before anybody did.
    "observations.GivingBack": {
        "internal": "id need code revision written_at published_at withdrawn_at",
        "raw": "headline heard done coming not_done where",
        "secret": "written_by",
    },
    "observations.Edition": {
        "public": "id giving_back number headline heard done coming not_done where places published_at",
        "secret": "published_by",
    },
    "observations.Telling": {
        "internal": "id giving_back told_on how neighbourhood at",
        "secret": "told_by",
    },
    "observations.Diagnosis": {
        "public": "id neighbourhood number published_at content",
        "internal": "revision written_at",
        # A draft may still say what nobody may read.
        "raw": "introduction strengths funded blind_spots",
        "secret": "written_by published_by",
    },
    "observations.DiagnosisNeed": {"internal": "id diagnosis need", "raw": "wording exists"},
    "observations.DiagnosisQuote": {"internal": "id diagnosis observation position"},
    "observations.Contribution": {
        "internal": "id diagnosis about stance at state signature decided_at",
        "raw": "text reason",
        "secret": "by decided_by",
    },
    "observations.Scheme": {"internal": "id short_name name active needs bodies"},
    "observations.Scheme_needs": {"internal": "id scheme need"},
    "observations.Scheme_bodies": {"internal": "id scheme body"},
    "observations.Meeting": {
        "internal": "id kind title held_on place schemes bodies created_at revision sent_at pack",
        "secret": "created_by sent_by",
    },
    "observations.Meeting_schemes": {"internal": "id meeting scheme"},
    "observations.Meeting_bodies": {"internal": "id meeting body"},
    "observations.Sequence": {"internal": "id meeting starts_at what leader"},
    "observations.MeetingNeed": {"internal": "id meeting need", "raw": "wording"},
    "observations.MeetingQuote": {"internal": "id meeting observation position"},
    "observations.Decision": {
        "internal": "id meeting need commitment batch state at",
        "raw": "note",
        "secret": "by",
    },
    "observations.Action": {
        "public": "id name bearer year summary neighbourhoods themes closed_at results",
        "internal": "needs created_at",
    },
    "observations.Action_neighbourhoods": {"public": "id action neighbourhood"},
    "observations.Action_themes": {"public": "id action theme"},
    "observations.Action_needs": {"internal": "id action need"},
    "observations.ActionImport": {"internal": "id rows at", "secret": "by"},
    # One answer alone is somebody's: all are read together, once (programme/results.py).
    "observations.Evaluation": {"internal": "id action observation", "raw": "known useful again"},
    # Written to be read by the CDSU who answers, under one's own name.
    "observations.Offer": {
        "internal": "id action text at state answer answered_at",
        "secret": "by answered_by",
    },
    "observations.SeparateScenes": {"internal": "id first second said_at", "secret": "said_by"},
    # The words searched may be a resident's.
    "observations.SavedFilter": {"internal": "id user", "raw": "name query"},
    "observations.Device": {"internal": "id label shared since", "secret": "user session"},
    "observations.SharedCache": {"internal": "expires", "secret": "cache_key value"},
    "account.EmailAddress": {"internal": "id verified primary", "secret": "user email"},
    "account.EmailConfirmation": {"internal": "id created sent", "secret": "email_address key"},
    "admin.LogEntry": {
        "internal": "id action_time content_type object_id object_repr action_flag change_message",
        "secret": "user",
    },
    "mfa.Authenticator": {"internal": "id type created_at", "secret": "user data last_used_at"},
    "auth.Group": {"internal": "id name permissions"},
    "auth.Group_permissions": {"internal": "id group permission"},
    "auth.Permission": {"internal": "id name content_type codename"},
    "contenttypes.ContentType": {"internal": "id app_label model"},
    "sessions.Session": {"secret": "session_key session_data expire_date"},
}


def privacy_class(model: str, field: str) -> PrivacyClass | None:
    """Class of one field (`"observations.Observation"`, `"words"`), None when nobody classified it."""
    for name, fields in FIELDS.get(model, {}).items():
        if field in fields.split():
            return name
    return None
