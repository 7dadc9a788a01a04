"""200 hostile texts in every field that anybody can write, and every page that shows them: none of them runs."""

from collections.abc import Callable
from datetime import date, time
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, Page

from observations.actions import (
    alliances,
    diagnoses,
    invitations,
    meetings,
    needs,
    programme,
    publishing,
    sharing,
)
from observations.actions import council as council_actions
from observations.meetings.pack import compose
from observations.models import (
    Body,
    Change,
    GivingBack,
    Meeting,
    Need,
    Neighbourhood,
    Observation,
    Role,
    Scheme,
    Status,
    Territory,
    Theme,
    User,
)
from observations.models.giving_back import PARTS
from observations.restitution import drafting
from tests import factories
from tests.browser.conftest import DESK, browser_type_launch_args, served, sign_in_context
from tests.browser.test_accessibility import PAGES
from tests.restitution.month import month_before

__all__ = ["browser_type_launch_args", "served"]

# What a hostile text would do: leave a mark that the test finds.
RUN = "window.xss=1"
VECTORS = [
    f"<script>{RUN}</script>",
    f"<script src=data:text/javascript,{RUN}></script>",
    f"<img src=x onerror={RUN}>",
    f"<svg onload={RUN}>",
    f"<svg><script>{RUN}</script></svg>",
    f"<svg><animate onbegin={RUN} attributeName=x dur=1s>",
    f"<body onload={RUN}>",
    f"<iframe srcdoc='<script>parent.{RUN}</script>'></iframe>",
    f"<iframe src=javascript:parent.{RUN}></iframe>",
    f"<a href=javascript:{RUN} autofocus>lien</a>",
    f"<details open ontoggle={RUN}>",
    f"<input autofocus onfocus={RUN}>",
    f"<video><source onerror={RUN}></video>",
    f"<audio src=x onerror={RUN}>",
    f"<marquee onstart={RUN}>",
    f"<object data=javascript:{RUN}>",
    f"<embed src=javascript:{RUN}>",
    f"<math><mtext><img src=x onerror={RUN}></mtext></math>",
    f"<style onload={RUN}>*{{}}</style>",
    f"<link rel=stylesheet href=x onerror={RUN}>",
    f"<meta http-equiv=refresh content='0;url=javascript:{RUN}'>",
    f"<form action=javascript:{RUN}><button autofocus>x</button></form>",
    f"<template><script>{RUN}</script></template>",
    f"<noscript><p title='</noscript><img src=x onerror={RUN}>'>",
    "{{ 7|add:7 }}{% debug %}",
    f"${{{RUN}}}",
    f"[lien](javascript:{RUN})",
    f"\u2028<img src=x onerror={RUN}>\u2029",
    "<img src=x onerror=&#119;indow.xss=1>",
    f"<sc\u0000ript>{RUN}</script>".replace("\u0000", "\u200b"),
    f"<!--><script>{RUN}</script-->",
    f"<![CDATA[<script>{RUN}</script>]]>",
    "<base href=//evil.example/><script src=x.js></script>",
    f"<portal src=javascript:{RUN}>",
    f"<xss id=x tabindex=1 onfocus={RUN}></xss>",
    f"%3Cscript%3E{RUN}%3C/script%3E",
    f"&lt;script&gt;{RUN}&lt;/script&gt;",
    f"<dialog open onclose={RUN}><form method=dialog><button autofocus>",
    f"<table background=javascript:{RUN}>",
    f"<input type=image src=x onerror={RUN}>",
]
# Ways out of where a text may stand: nothing, attributes, a text area, a JSON island.
WAYS_OUT = ["", '">', "'>", "</textarea></title></style></script>", '"}</script>']
HOSTILE = [way + vector for way in WAYS_OUT for vector in VECTORS]


# Housing often enough that its comment is published.
THEMES = [*["logement-ascenseurs"] * 3, "mobilites-bus", "lien-entraide"]


@pytest.fixture
def planted(served: str, banc_vert: Neighbourhood, cdsu: User, agent: User, partner: User) -> dict[str, str]:
    """Every field that somebody writes holds a hostile text; the identifiers that addresses name."""
    texts = iter(HOSTILE * 8)

    def hostile(limit: int = 5_000) -> str:
        return next(text for text in texts if len(text) <= limit)

    Territory.objects.update(
        name=hostile(120), banner=hostile(200), controller=hostile(200), dpo=hostile(200)
    )
    User.objects.update(name="")
    for user in (cdsu, agent, partner):
        User.objects.filter(pk=user.pk).update(name=hostile(80))
    Neighbourhood.objects.filter(pk=banc_vert.pk).update(name=hostile(200), source=hostile(200))
    Theme.objects.filter(parent=None).update(name=hostile(60), short_name="<b>x</b>")
    for i in range(100):
        said = factories.ObservationFactory(
            neighbourhood=banc_vert,
            theme=factories.theme(THEMES[i // 3 % len(THEMES)]),
            author=agent,
            words=hostile(),
            seen=hostile(),
            reading=hostile(),
            place_label=hostile(120),
            public_text=hostile(),
            point=(51.0283, 2.3613),
            observed_on=month_before().replace(day=1 + i % 25),
            **decided(i, cdsu, hostile()),
        )
        Change.objects.create(
            observation=said, kind=Change.Kind.ANSWER, by=agent, batch=said.pk, note=hostile()
        )
    draft = publishing.create_draft(month=month_before(), by=cdsu)
    quotes = list(Observation.objects.quotable().values_list("pk", flat=True)[:6])
    draft = publishing.update_draft(
        summary=draft, introduction=hostile(), comments={"logement": hostile(1_500)}, quotes=quotes, by=cdsu
    )
    published = drafting.issue(draft, by=cdsu)
    open_draft = publishing.create_draft(month=month_before(0), by=cdsu)
    _, link = sharing.share(summary=published, label=hostile(80), days=30, by=cdsu)
    sharing.issue_token(label=hostile(80), days=30, by=cdsu)
    council = factories.UserFactory(role=Role.COUNCIL, email="conseil@example.test", name="")
    User.objects.filter(pk=council.pk).update(name=hostile(80))
    made = _what_comes_of_it(hostile, banc_vert, cdsu, partner, council)
    _, invited = invitations.invite(role=Role.AGENT, neighbourhoods=[banc_vert], email="", by=cdsu)
    return {
        **made,
        "to_read": str(Observation.objects.filter(status=Status.TO_READ).first().pk),
        "accepted": str(Observation.objects.quotable().first().pk),
        "draft": str(open_draft.pk),
        "published": str(published.pk),
        "link": link,
        "invitation": invited,
    }


def _what_comes_of_it(
    hostile: Callable[[int], str], place: Neighbourhood, cdsu: User, partner: User, council: User
) -> dict[str, str]:
    """Needs, requests, what residents are told, diagnoses, meetings, actions, offers."""
    theme = factories.theme("logement-ascenseurs")
    heard = list(Observation.objects.quotable().values_list("pk", flat=True)[:8])
    need, _ = needs.make(
        by=cdsu,
        title=hostile(120),
        description=hostile(2_000),
        under_way=hostile(2_000),
        theme=theme,
        observations=heard,
    )
    needs.move_on(need_id=need.pk, state="sans-suite", reason=hostile(1_000), by=cdsu)
    other, _ = needs.make(by=cdsu, title=hostile(120), theme=theme, observations=heard)
    body = factories.BodyFactory(name=hostile(120), competences=hostile(2_000))
    contact = factories.ContactFactory(body=body, name=hostile(120), duty=hostile(120), email=partner.email)
    asking = {
        "need": need,
        "contact": contact,
        "channel": "droit-commun",
        "due": date(2020, 1, 1),
        "by": cdsu,
    }
    request, answered = alliances.ask(asked=hostile(2_000), **asking)
    _, to_answer = alliances.ask(asked=hostile(2_000), **asking)
    alliances.answer(
        request=request, kind="prend", words=hostile(2_000), expertise=hostile(2_000), by=contact
    )
    alliances.commit(request=request, what=hostile(300), owner=hostile(120), due=date(2020, 1, 1), by=contact)
    told = factories.GivingBackFactory(need=need, written_by=cdsu)
    words = {name: hostile(400) for name in PARTS} | {"headline": hostile(80), "where": hostile(120)}
    for rows in (GivingBack.objects.filter(pk=told.pk), told.editions.all()):
        rows.update(**words)
    diagnosis = factories.DiagnosisFactory(neighbourhood=place, introduction=hostile(2_000))
    diagnosis.content |= {
        "strengths": hostile(2_000),
        "funded": hostile(2_000),
        "blind_spots": hostile(2_000),
        "silent": [hostile(60)],
        "actions": [{"name": hostile(160), "bearer": hostile(120)}],
        "needs": [
            {
                "wording": hostile(200),
                "exists": hostile(300),
                "theme": {
                    "slug": "logement",
                    "name": hostile(60),
                    "colour": theme.colour,
                    "icon": theme.icon,
                },
                "often": True,
                "told": told.code,
            }
        ],
        "quotes": [{"text": hostile(400), "side": "holds", "theme": hostile(60), "withdrawn": ""}],
    }
    diagnosis.save()
    factories.DiagnosisFactory(
        neighbourhood=place, number=2, published=False, introduction=hostile(2_000), strengths=hostile(2_000)
    )
    for shown in (True, False):
        added = diagnoses.add(
            diagnosis=diagnosis,
            about=0,
            stance="aussi",
            text=hostile(800),
            signature=hostile(120),
            by=partner,
        )
        diagnoses.decide(contribution=added, shown=shown, reason=hostile(1_000), by=cdsu)
    scheme = meetings.keep_scheme(
        scheme=None,
        short_name=hostile(30),
        name=hostile(120),
        active=True,
        needs=[need, other],
        bodies=[body],
        by=cdsu,
    )
    held = [_meeting(hostile, scheme, body, other, heard, cdsu) for _ in range(2)]
    pack, _ = compose(held[0])
    meetings.send(meeting=held[0], revision=held[0].revision, pack=pack, by=cdsu)
    meetings.decide_state(meeting=held[0], need=other, state="partage", note=hostile(1_000), by=cdsu)
    action = programme.keep(
        action=None,
        name=hostile(160),
        bearer=hostile(120),
        year=timezone.localdate().year,
        summary=hostile(600),
        neighbourhoods=[place],
        themes=[theme],
        needs=[need],
        by=cdsu,
    )
    begun = programme.begin_import(
        rows=[[hostile(200), "Porteur", "Année"], [hostile(160), hostile(120), hostile(200)]], by=cdsu
    )
    offers = [council_actions.offer(action=action, text=hostile(400), by=council) for _ in range(2)]
    council_actions.answer(offer=offers[0], taken=True, text=hostile(400), by=cdsu)
    return {
        "need": str(need.pk),
        "untold": str(other.pk),
        "told_need": str(need.pk),
        "told": told.code,
        "body": str(body.pk),
        "request": str(request.pk),
        "answered": answered,
        "to_answer": to_answer,
        "diagnosed": place.code,
        "drafted": place.code,
        "unwritten": factories.NeighbourhoodFactory().code,
        "sent": str(held[0].pk),
        "coming": str(held[1].pk),
        "action": str(action.pk),
        "begun": str(begun.pk),
    }


def _meeting(
    hostile: Callable[[int], str], scheme: Scheme, body: Body, need: Need, heard: list[Any], by: User
) -> Meeting:
    meeting = meetings.keep(
        meeting=None,
        revision=0,
        kind="copil",
        title=hostile(120),
        held_on=timezone.localdate(),
        place=hostile(120),
        schemes=[scheme],
        bodies=[body],
        moments=[meetings.MomentSaid(time(9), hostile(120), hostile(120))],
        by=by,
    )
    wordings = {need.pk: hostile(200)}
    return meetings.choose(meeting=meeting, revision=meeting.revision, wordings=wordings, quotes=heard[:5])


def decided(i: int, by: User, reason: str) -> dict[str, Any]:
    """A third to be read, a third asked about, a third accepted."""
    if i % 3 == 0:
        return {}
    status = Status.TO_COMPLETE if i % 3 == 1 else Status.ACCEPTED
    note = reason if status == Status.TO_COMPLETE else ""
    return {"status": status, "status_by": by, "status_at": timezone.now(), "status_reason": note}


def test_the_texts_are_two_hundred() -> None:
    assert len(set(HOSTILE)) == 200


def test_no_hostile_text_runs_on_any_page(browser: Browser, served: str, planted: dict[str, str]) -> None:
    faults: dict[str, list[str]] = {}
    users = {"": "", "agent": "agent", "cdsu": "cdsu", "partenaire": "partenaire", "conseil": "conseil"}
    for who, email in users.items():
        context = browser.new_context(viewport=DESK, locale="fr-FR", service_workers="block")
        if email:
            sign_in_context(context, served, User.objects.get(email=f"{email}@example.test"))
        page = context.new_page()
        said = listen(page)
        for name, (reader, path) in PAGES.items():
            if reader != who:
                continue
            page.goto(served + path.format(**planted))
            page.wait_for_load_state("networkidle")
            if page.evaluate("'xss' in window"):
                said.append("ran")
            if said:
                faults[name] = list(said)
                said.clear()
        context.close()
    assert faults == {}


def listen(page: Page) -> list[str]:
    """What the page complains about: refusals of the CSP, errors, dialogs. Map tiles come from nowhere."""
    said: list[str] = []
    page.route("https://data.geopf.fr/**", lambda route: route.abort())
    page.on("dialog", lambda dialog: (said.append("dialog"), dialog.dismiss()))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on(
        "console",
        lambda message: said.append(message.text) if "Content Security Policy" in message.text else None,
    )
    return said
